#pragma once
// K v with v produced block by block, so that whoever computes v saves a pass over memory.

#include "axis_transform.hpp"
#include "bornite/inference/kernel.hpp"

#include <cstddef>
#include <span>
#include <vector>

namespace bornite {

/// out = K v, v being what `source` writes (see transform_all_axes).
void apply_kernel(const Kernel& kernel, std::span<double> out, const BlockSource& source);

/// Entry k: the eigenvalue of K / 2^bits for Walsh functions over k bits, k = 0 ... bits.
[[nodiscard]] std::vector<double> walsh_eigenvalues(const Kernel& kernel, std::size_t bits);

/// entry[i] = of_distance(i) for i = 0 ... bits.
[[nodiscard]] std::vector<double> kernel_of_distance(const Kernel& kernel, std::size_t bits);

}  // namespace bornite
