#include "kernel_transform.hpp"

#include "block_sums.hpp"

#include <bit>
#include <cmath>

namespace bornite {
namespace {

/// values[i] *= eigenvalues[number of ones of begin + i]
void scale_by_weight(std::size_t begin, std::span<double> values, std::span<const double> eigenvalues) {
  for (std::size_t i = 0; i < values.size(); ++i)
    values[i] *= eigenvalues[static_cast<std::size_t>(std::popcount(begin + i))];
}

}  // namespace

void apply_kernel(const Kernel& kernel, std::span<double> out, const BlockSource& source) {
  if (kernel.components() == 1) {
    transform_all_axes(out, hamming_axes, std::exp(-kernel.gammas()[0]), source);
    return;
  }
  transform_all_axes(out, walsh_axes, 0, source);
  const std::vector<double> eigenvalues =
      walsh_eigenvalues(kernel, static_cast<std::size_t>(std::countr_zero(out.size())));
  transform_all_axes(out, walsh_axes, 0, [&](std::size_t, std::size_t begin, std::span<double> values) {
    scale_by_weight(begin, values, eigenvalues);
  });
}

std::vector<double> walsh_eigenvalues(const Kernel& kernel, std::size_t bits) {
  std::vector<double> eigenvalues(bits + 1, 0.0);
  for (std::size_t c = 0; c < kernel.components(); ++c) {
    const double gamma = kernel.gammas()[c];
    const double even = (1 + std::exp(-gamma)) / 2;
    const double odd = -std::expm1(-gamma) / 2;
    for (std::size_t k = 0; k <= bits; ++k)
      eigenvalues[k] +=
          kernel.weights()[c] * std::pow(even, static_cast<double>(bits - k)) * std::pow(odd, static_cast<double>(k));
  }
  return eigenvalues;
}

std::vector<double> kernel_of_distance(const Kernel& kernel, std::size_t bits) {
  std::vector<double> values(bits + 1);
  for (std::size_t d = 0; d <= bits; ++d) values[d] = kernel.of_distance(d);
  return values;
}

}  // namespace bornite
