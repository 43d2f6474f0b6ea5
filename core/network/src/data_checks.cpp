#include "data_checks.hpp"

#include <fmt/format.h>

#include <cmath>

namespace bornite {

Result<void> check_features(const NetworkSpec& spec, const Dataset& data) {
  if (data.features == spec.widths.front()) return {};
  return Error{
      ErrorKind::configuration,
      fmt::format("The data have {} features, but the network has {} inputs.", data.features, spec.widths.front()),
      fmt::format("Give the network {} inputs (the first of its widths).", data.features)};
}

Result<void> check_targets(const NetworkSpec& spec, const Dataset& data) {
  const bool regression = spec.output == OutputKind::regression;
  const std::size_t classes = spec.output == OutputKind::binary ? 2 : spec.widths.back();
  for (std::size_t row = 0; row < data.rows(); ++row) {
    const double target = data.targets[row];
    const bool is_class = target >= 0 && target < static_cast<double>(classes) && target == std::floor(target);
    if (regression ? std::isfinite(target) : is_class) continue;
    if (regression)
      return Error{ErrorKind::input, fmt::format("The target {} of row {} is not finite.", target, row),
                   "Correct or remove the row (rows count from 0)."};
    return Error{ErrorKind::input,
                 fmt::format("The target {} of row {} is not a class of a {} output with {} classes.", target, row,
                             to_string(spec.output), classes),
                 fmt::format("Classes are 0 to {} (rows count from 0).", classes - 1)};
  }
  return {};
}

}  // namespace bornite
