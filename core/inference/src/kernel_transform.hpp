#pragma once
// K v fused with whatever comes before and after, so that no pass over memory is made for these alone.

#include "axis_transform.hpp"
#include "bornite/inference/kernel.hpp"

#include <array>
#include <cstddef>
#include <span>
#include <vector>

namespace bornite {

/// K applied to `input`; x, finish and the result as in transform_all_axes. One pass over memory up to N = 12, two up
/// to N = 24; for mixtures of kernels three.
std::array<double, 2> apply_kernel(const Kernel& kernel, std::span<double> x, const TransformInput& input,
                                   const Finish& finish = {});

/// Entry k: the eigenvalue of K / 2^bits for Walsh functions over k bits, k = 0 ... bits.
[[nodiscard]] std::vector<double> walsh_eigenvalues(const Kernel& kernel, std::size_t bits);

/// entry[i] = of_distance(i) for i = 0 ... bits.
[[nodiscard]] std::vector<double> kernel_of_distance(const Kernel& kernel, std::size_t bits);

}  // namespace bornite
