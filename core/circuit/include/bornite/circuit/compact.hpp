#pragma once
// Circuits without the qubits that nothing happens to.

#include "bornite/circuit/circuit.hpp"

#include <span>
#include <vector>

namespace bornite {

struct CompactCircuit {
  Circuit circuit;
  std::vector<Qubit> qubits;  ///< qubit i of the circuit was this one; ascending
};

/// Leaves out every qubit that no gate acts on, unless `needed` names it, and numbers the others anew in order. A
/// simulator's work doubles with each idle qubit, and programs on a device's own qubits have many. At least one qubit
/// stays.
[[nodiscard]] CompactCircuit without_idle_qubits(const Circuit& circuit, std::span<const Qubit> needed);

}  // namespace bornite
