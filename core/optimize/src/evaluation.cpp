#include "evaluation.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <stdexcept>

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

Result<void> CountedObjective::require_finite(double value) const {
  if (std::isfinite(value)) return {};
  return Error{ErrorKind::numeric, fmt::format("The objective became {} at evaluation {}.", value, evaluations_)};
}

Result<std::vector<double>> CountedObjective::operator()(const BatchFunction& batch,
                                                         std::span<const std::vector<double>> thetas) {
  BORNITE_TRY(std::vector<double> values, batch(thetas));
  for (const double value : values) {
    ++evaluations_;
    BORNITE_CHECK(require_finite(value));
  }
  if (values.size() != thetas.size())
    throw std::invalid_argument(fmt::format("{} points have {} values", thetas.size(), values.size()));
  return values;
}

Result<double> CountedObjective::operator()(std::span<const double> theta, std::span<double> gradient) {
  ++evaluations_;
  BORNITE_TRY(const double value, objective_(theta, gradient));
  BORNITE_CHECK(require_finite(value));
  for (std::size_t i = 0; i < gradient.size(); ++i)
    if (!std::isfinite(gradient[i]))
      return Error{ErrorKind::numeric,
                   fmt::format("Gradient component {} became {} at evaluation {}.", i, gradient[i], evaluations_)};
  return value;
}

}  // namespace bornite
