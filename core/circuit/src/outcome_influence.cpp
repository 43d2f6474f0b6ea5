#include "bornite/circuit/outcome_influence.hpp"

#include <algorithm>

namespace bornite {
namespace {

/// Whether basis states become basis states, up to phases.
bool permutes(GateKind kind) { return kind == GateKind::x || kind == GateKind::y || kind == GateKind::swap; }

bool all_of_qubits(const Gate& gate, const std::vector<bool>& flags) {
  const auto flagged = [&](Qubit qubit) { return flags[qubit]; };
  return std::ranges::all_of(gate.targets, flagged) && std::ranges::all_of(gate.controls, flagged);
}

/// Moves a property of qubits past a gate. A qubit keeps it past gates that are diagonal or that it controls, and
/// past permutations all of whose qubits have it.
void pass(const Gate& gate, std::vector<bool>& flags) {
  if (is_diagonal(gate.kind)) return;
  if (gate.kind == GateKind::swap && gate.controls.empty()) {
    const bool first = flags[gate.targets[0]];
    flags[gate.targets[0]] = flags[gate.targets[1]];
    flags[gate.targets[1]] = first;
    return;
  }
  const bool kept = permutes(gate.kind) && all_of_qubits(gate, flags);
  for (const Qubit target : gate.targets) flags[target] = kept;
}

}  // namespace

std::vector<bool> influences_outcomes(const Circuit& circuit) {
  const auto gates = circuit.gates();
  std::vector<bool> influences(gates.size(), true);
  std::vector<bool> in_basis_state(circuit.qubits(), true);
  for (std::size_t i = 0; i < gates.size(); ++i) {
    if (is_diagonal(gates[i].kind) && all_of_qubits(gates[i], in_basis_state)) influences[i] = false;
    pass(gates[i], in_basis_state);
  }
  std::vector<bool> phases_unseen(circuit.qubits(), true);  // from here to the measurement, backwards
  for (std::size_t i = gates.size(); i-- > 0;) {
    if (is_diagonal(gates[i].kind) && all_of_qubits(gates[i], phases_unseen)) influences[i] = false;
    pass(gates[i], phases_unseen);
  }
  return influences;
}

}  // namespace bornite
