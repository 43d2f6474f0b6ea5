#include "bornite/data/check.hpp"

#include "first_non_finite.hpp"

#include <fmt/format.h>

namespace bornite {
namespace {

Error non_finite(std::string_view source, const std::string& place, double value) {
  return {ErrorKind::input, fmt::format("{}: {} is {}, which is not a finite number.", source, place, value),
          "Remove the row or give the value."};
}

}  // namespace

Result<void> check_finite(const Dataset& data, std::string_view inputs_source, std::string_view targets_source) {
  if (const auto i = first_non_finite(data.inputs)) {
    const std::string place =
        fmt::format("feature {} of row {} (both counted from 0)", *i % data.features, *i / data.features);
    return non_finite(inputs_source, place, data.inputs[*i]);
  }
  if (const auto i = first_non_finite(data.targets))
    return non_finite(targets_source, fmt::format("the target of row {} (counted from 0)", *i), data.targets[*i]);
  return {};
}

}  // namespace bornite
