#pragma once
// Loops over the amplitudes of a register, for several instruction sets.

#include "bound_gate.hpp"

namespace bornite::noisy {

/// Amplitudes that are worked on together. Registers have at least so many.
inline constexpr std::size_t lanes = 8;

/// Real and imaginary parts, aligned to cache lines; `size` is a power of two and at least `lanes`.
struct Parts {
  double* real;
  double* imaginary;
  std::size_t size;
};

/// Applies a matrix to one qubit.
void rotate(const Parts& parts, QubitSet target, const Matrix2& matrix);
/// Exchanges the amplitudes that differ in the target alone, where the control, if there is one, is 1.
void exchange(const Parts& parts, QubitSet control, QubitSet target);
/// sums[i] = the squares of the amplitudes from i * lanes on, `lanes` of them.
void sum_squares(const Parts& parts, double* sums);

}  // namespace bornite::noisy
