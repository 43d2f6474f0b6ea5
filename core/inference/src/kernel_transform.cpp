#include "kernel_transform.hpp"

#include <bit>
#include <cmath>

namespace bornite {
std::array<double, 2> apply_kernel(const Kernel& kernel, std::span<double> x, const TransformInput& input,
                                   const Finish& finish) {
  if (kernel.components() == 1)
    return transform_all_axes(x, input, {.walsh = false, .x = std::exp(-kernel.gammas()[0])}, finish);
  const auto bits = static_cast<std::size_t>(std::countr_zero(x.size()));
  return transform_by_eigenvalues(x, input, walsh_eigenvalues(kernel, bits), finish);
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
