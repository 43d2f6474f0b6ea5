#pragma once
// Pauli operators, and how they pass gates.

#include "noise_program.hpp"

#include "bornite/util/random.hpp"

namespace bornite::noisy {

/// A product of X on some qubits and Z on some, up to a phase; Y where both are.
struct Pauli {
  QubitSet x = 0;
  QubitSet z = 0;

  [[nodiscard]] QubitSet support() const { return x | z; }
  [[nodiscard]] Pauli on(QubitSet qubits) const { return {x & qubits, z & qubits}; }
  Pauli& operator*=(const Pauli& other) {
    x ^= other.x;
    z ^= other.z;
    return *this;
  }
};

/// What becomes of a Pauli operator that is moved from before a gate to behind it.
enum class Passage {
  same_gate,   ///< the gate stays as it is
  inverse,     ///< the gate turns into its inverse
  impossible,  ///< what is behind would be no Pauli operator
};

/// Moves the operator past the gate if that is possible, up to phases.
[[nodiscard]] Passage pass(Pauli& pauli, const Gate& gate);

/// One of the operators on the qubits that are not the identity, all equally likely.
[[nodiscard]] Pauli draw_pauli(QubitSet qubits, RandomStream& random);

}  // namespace bornite::noisy
