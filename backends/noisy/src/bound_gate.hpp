#pragma once
// A circuit's gates at given angles, as matrices.

#include "noise_program.hpp"

#include <array>
#include <complex>
#include <span>
#include <vector>

namespace bornite::noisy {

using Amplitude = std::complex<double>;
using Matrix2 = std::array<Amplitude, 4>;  ///< row-major

[[nodiscard]] Matrix2 adjoint(const Matrix2& matrix);

/// A gate at given angles: a 2x2 matrix on its target, or a swap of two targets, where all controls are 1.
struct BoundGate {
  QubitSet controls;
  QubitSet target;
  QubitSet other = 0;  ///< the second target of a swap, else none
  Matrix2 matrix{};    ///< of all but a swap

  [[nodiscard]] QubitSet qubits() const { return controls | target | other; }
  [[nodiscard]] bool is_swap() const { return other != 0; }
};

/// Gates that act on no qubit are taken for the identity.
[[nodiscard]] std::vector<BoundGate> bind(const Circuit& circuit, std::span<const double> theta);

/// The gate's inverse.
[[nodiscard]] BoundGate inverse(const BoundGate& gate);

}  // namespace bornite::noisy
