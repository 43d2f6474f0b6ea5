#include "ceiling_kernels.hpp"

#include "bornite/util/simd.hpp"

namespace bornite::bench {
namespace {

using Vector2 = double __attribute__((vector_size(16)));
using Vector4 = double __attribute__((vector_size(32)));
using Vector8 = double __attribute__((vector_size(64)));

// Enough chains to hide the latency of two units, few enough for 16 registers.
constexpr std::size_t chains = 12;

template <typename Vector>
[[gnu::always_inline]] inline double multiply_add_chains(std::size_t steps, double seed) {
  Vector sums[chains];
  for (std::size_t c = 0; c < chains; ++c) sums[c] = Vector{} + seed * static_cast<double>(c + 1);
  const Vector factor = Vector{} + (1 - seed);
  const Vector addend = Vector{} + seed;
  for (std::size_t step = 0; step < steps; ++step) {
#pragma GCC unroll 12
    for (std::size_t c = 0; c < chains; ++c) sums[c] = sums[c] * factor + addend;
  }
  Vector total{};
  for (const Vector& sum : sums) total += sum;
  return total[0];
}

template <typename Vector>
constexpr std::size_t per_step = chains * sizeof(Vector) / sizeof(double);

BORNITE_MULTIVERSION double multiply_add_2(std::size_t steps, double seed) {
  return multiply_add_chains<Vector2>(steps, seed);
}
BORNITE_MULTIVERSION double multiply_add_4(std::size_t steps, double seed) {
  return multiply_add_chains<Vector4>(steps, seed);
}
BORNITE_MULTIVERSION double multiply_add_8(std::size_t steps, double seed) {
  return multiply_add_chains<Vector8>(steps, seed);
}

}  // namespace

BORNITE_MULTIVERSION void scale_in_place(double* values, std::size_t size, double factor) {
  for (std::size_t i = 0; i < size; ++i) values[i] *= factor;
}

std::array<MultiplyAddKernel, 3> multiply_add_kernels() {
  return {
      {{multiply_add_2, per_step<Vector2>}, {multiply_add_4, per_step<Vector4>}, {multiply_add_8, per_step<Vector8>}}};
}

}  // namespace bornite::bench
