#include "evaluation.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace bornite {

Result<void> require_start(std::span<const double> start) {
  if (start.empty())
    return Error{ErrorKind::input, "There are no parameters to optimise.", "Choose a circuit with angles."};
  for (std::size_t i = 0; i < start.size(); ++i)
    if (!std::isfinite(start[i]))
      return Error{ErrorKind::input, fmt::format("Start angle {} is {}, not a finite number.", i, start[i])};
  return {};
}

double largest_component(std::span<const double> gradient) {
  double largest = 0.0;
  for (const double component : gradient) largest = std::max(largest, std::abs(component));
  return largest;
}

Result<double> CountedObjective::operator()(std::span<const double> theta, std::span<double> gradient) {
  ++evaluations_;
  BORNITE_TRY(const double value, objective_(theta, gradient));
  if (!std::isfinite(value))
    return Error{ErrorKind::numeric, fmt::format("The objective became {} at evaluation {}.", value, evaluations_)};
  for (std::size_t i = 0; i < gradient.size(); ++i)
    if (!std::isfinite(gradient[i]))
      return Error{ErrorKind::numeric,
                   fmt::format("Gradient component {} became {} at evaluation {}.", i, gradient[i], evaluations_)};
  return value;
}

}  // namespace bornite
