#pragma once
// The loops whose speed is a property of the machine.

#include <array>
#include <cstddef>

namespace bornite::bench {

/// values[i] *= factor.
void scale_in_place(double* values, std::size_t size, double factor);

struct MultiplyAddKernel {
  /// Does steps * per_step multiply-adds and returns something that depends on all of them.
  double (*run)(std::size_t steps, double seed);
  std::size_t per_step;
};

/// One for each width of vectors. Those that the machine does not have are slower, so the fastest one counts.
[[nodiscard]] std::array<MultiplyAddKernel, 3> multiply_add_kernels();

}  // namespace bornite::bench
