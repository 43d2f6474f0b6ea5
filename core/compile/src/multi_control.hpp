#pragma once
// Gates with many controls, without further qubits.

#include "bornite/compile/zz_circuit.hpp"

namespace bornite {

/// exp(i angle) where all these qubits are 1; on one qubit, up to a global phase.
void append_phase(ZzCircuit& circuit, std::vector<Qubit> qubits, const AngleSum& angle);

/// Rz(angle) on the target where all controls are 1.
void append_controlled_rz(ZzCircuit& circuit, const std::vector<Qubit>& controls, Qubit target, const AngleSum& angle);

}  // namespace bornite
