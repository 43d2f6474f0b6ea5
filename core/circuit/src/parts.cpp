#include "bornite/circuit/parts.hpp"

#include <algorithm>
#include <numeric>

namespace bornite {
namespace {

/// Disjoint sets of qubits, each named by its lowest.
class QubitSets {
 public:
  explicit QubitSets(std::size_t qubits) : parent_(qubits) { std::iota(parent_.begin(), parent_.end(), Qubit{0}); }

  Qubit find(Qubit qubit) {
    while (parent_[qubit] != qubit) qubit = parent_[qubit] = parent_[parent_[qubit]];
    return qubit;
  }
  void join(Qubit a, Qubit b) {
    a = find(a);
    b = find(b);
    parent_[std::max(a, b)] = std::min(a, b);
  }

 private:
  std::vector<Qubit> parent_;
};

std::vector<Qubit> qubits_of(const Gate& gate) {
  std::vector<Qubit> qubits(gate.targets.begin(), gate.targets.end());
  qubits.insert(qubits.end(), gate.controls.begin(), gate.controls.end());
  return qubits;
}

/// The part of each qubit, numbered in the order of first qubits; `none` for qubits without gates.
struct Numbering {
  static constexpr std::size_t none = ~std::size_t{0};
  std::vector<std::size_t> part;
  std::vector<std::vector<Qubit>> members;
};

Numbering number_parts(const Circuit& circuit) {
  QubitSets sets(circuit.qubits());
  std::vector<bool> used(circuit.qubits(), false);
  for (const Gate& gate : circuit.gates())
    for (const std::vector<Qubit> qubits = qubits_of(gate); const Qubit qubit : qubits) {
      used[qubit] = true;
      sets.join(qubits.front(), qubit);
    }
  Numbering result{std::vector<std::size_t>(circuit.qubits(), Numbering::none), {}};
  for (Qubit qubit = 0; qubit < circuit.qubits(); ++qubit) {
    if (!used[qubit]) continue;
    const Qubit first = sets.find(qubit);
    if (first == qubit) {
      result.part[qubit] = result.members.size();
      result.members.emplace_back();
    }
    result.part[qubit] = result.part[first];
    result.members[result.part[qubit]].push_back(qubit);
  }
  return result;
}

}  // namespace

std::size_t most_connected_qubits(const Circuit& circuit) {
  std::size_t most = 0;
  for (const auto& members : number_parts(circuit).members) most = std::max(most, members.size());
  return most;
}

std::vector<CompactCircuit> connected_parts(const Circuit& circuit) {
  Numbering numbering = number_parts(circuit);
  std::vector<Qubit> place(circuit.qubits());
  std::vector<CompactCircuit> parts;
  for (std::vector<Qubit>& members : numbering.members) {
    for (std::size_t i = 0; i < members.size(); ++i) place[members[i]] = static_cast<Qubit>(i);
    Circuit part(members.size());
    parts.push_back({std::move(part), std::move(members)});
  }
  for (Gate gate : circuit.gates()) {
    const std::vector<Qubit> qubits = qubits_of(gate);
    if (qubits.empty()) continue;
    Circuit& part = parts[numbering.part[qubits.front()]].circuit;
    for (Qubit& qubit : gate.targets) qubit = place[qubit];
    for (Qubit& qubit : gate.controls) qubit = place[qubit];
    part.append(std::move(gate));
  }
  return parts;
}

}  // namespace bornite
