#pragma once
// The precisions that a test runs in, each with its own tolerance.

#include "bornite/statevector/precision.hpp"

#include <array>

namespace bornite::test {

inline constexpr std::array precisions{Precision::complex128, Precision::complex64};

[[nodiscard]] constexpr double tolerance(Precision precision, double complex128, double complex64) {
  return precision == Precision::complex128 ? complex128 : complex64;
}

}  // namespace bornite::test
