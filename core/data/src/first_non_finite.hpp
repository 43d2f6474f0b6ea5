#pragma once
// The search behind every refusal of NaN and infinity.

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <optional>
#include <span>

namespace bornite {

inline std::optional<std::size_t> first_non_finite(std::span<const double> values) {
  const auto found = std::find_if(values.begin(), values.end(), [](double x) { return !std::isfinite(x); });
  if (found == values.end()) return std::nullopt;
  return static_cast<std::size_t>(found - values.begin());
}

}  // namespace bornite
