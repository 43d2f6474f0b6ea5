#pragma once
// Kernel sums over a sample: the one place whose cost grows with the square of the number of distinct strings.

#include "bornite/backend/shot_table.hpp"
#include "bornite/inference/kernel.hpp"
#include "bornite/util/bitstring.hpp"

#include <span>

namespace bornite {

/// out[j] = sum over shots s of the sample of k(at[j], s), distinct strings once. Throws std::invalid_argument for
/// different lengths of strings or another size of out.
void kernel_sums(const Kernel& kernel, const ShotRow& sample, const BitstringList& at, std::span<double> out);

/// Sum over all ordered pairs of shots, each with itself too, of k. Distinct strings once, each pair of them once.
[[nodiscard]] double kernel_energy(const Kernel& kernel, const ShotRow& sample);

}  // namespace bornite
