#pragma once
// Kernel sums over weighted strings: the one place whose cost grows with the square of their number.

#include "bornite/inference/kernel.hpp"
#include "bornite/util/bitstring.hpp"

#include <span>

namespace bornite {

/// Strings and a weight for each, of either sign.
struct WeightedStrings {
  const BitstringList& strings;
  std::span<const double> weights;
};

/// out[j] = sum over the strings s of weight(s) k(at[j], s). Throws std::invalid_argument for different lengths of
/// strings or another size of out.
void kernel_sums(const Kernel& kernel, const WeightedStrings& sample, const BitstringList& at, std::span<double> out);

/// Sum over all ordered pairs of strings s, t of weight(s) weight(t) k(s, t), each pair once.
[[nodiscard]] double kernel_energy(const Kernel& kernel, const WeightedStrings& sample);

}  // namespace bornite
