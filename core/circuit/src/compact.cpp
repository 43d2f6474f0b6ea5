#include "bornite/circuit/compact.hpp"

#include <algorithm>

namespace bornite {

CompactCircuit without_idle_qubits(const Circuit& circuit, std::span<const Qubit> needed) {
  std::vector<Qubit> used(needed.begin(), needed.end());
  for (const Gate& gate : circuit.gates()) {
    used.insert(used.end(), gate.targets.begin(), gate.targets.end());
    used.insert(used.end(), gate.controls.begin(), gate.controls.end());
  }
  if (used.empty()) used.push_back(0);
  std::ranges::sort(used);
  used.erase(std::unique(used.begin(), used.end()), used.end());

  std::vector<Qubit> number(circuit.qubits());
  for (std::size_t i = 0; i < used.size(); ++i) number[used[i]] = static_cast<Qubit>(i);
  Circuit compact(used.size());
  for (Gate gate : circuit.gates()) {
    for (Qubit& qubit : gate.targets) qubit = number[qubit];
    for (Qubit& qubit : gate.controls) qubit = number[qubit];
    compact.append(std::move(gate));
  }
  return {std::move(compact), std::move(used)};
}

}  // namespace bornite
