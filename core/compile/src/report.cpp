#include <algorithm>
#include <cmath>

#include "bornite/compile/compile.hpp"

namespace bornite {
namespace {

/// Counts gates and the longest chains through qubits.
class Chains {
 public:
  explicit Chains(std::size_t qubits) : all_(qubits, 0), two_(qubits, 0) {}

  void add(const std::string& name, const std::vector<Qubit>& qubits) {
    ++figures_.gates[name];
    if (qubits.size() > 1) ++figures_.two_qubit_gates;
    extend(all_, qubits, 1, figures_.depth);
    extend(two_, qubits, qubits.size() > 1 ? 1 : 0, figures_.two_qubit_depth);
  }
  [[nodiscard]] CircuitFigures figures() const { return figures_; }

 private:
  static void extend(std::vector<std::size_t>& ends, const std::vector<Qubit>& qubits, std::size_t length,
                     std::size_t& longest) {
    std::size_t end = 0;
    for (const Qubit q : qubits) end = std::max(end, ends[q]);
    for (const Qubit q : qubits) ends[q] = end + length;
    if (!qubits.empty()) longest = std::max(longest, end + length);
  }

  CircuitFigures figures_;
  std::vector<std::size_t> all_, two_;
};

std::vector<Qubit> qubits_of(const NativeGate& gate) {
  return {gate.qubits.begin(), gate.qubits.begin() + static_cast<std::ptrdiff_t>(qubit_count(gate.kind))};
}

std::optional<GateFigures> target_figures(const NativeGate& gate, const Target& target) {
  return target.figures(gate.kind, gate.qubits[0], gate.qubits[qubit_count(gate.kind) - 1]);
}

}  // namespace

CircuitFigures figures_of(const Circuit& circuit) {
  Chains chains(circuit.qubits());
  for (const Gate& gate : circuit.gates()) {
    std::vector<Qubit> qubits = gate.targets;
    qubits.insert(qubits.end(), gate.controls.begin(), gate.controls.end());
    chains.add(std::string(gate.controls.size(), 'c').append(to_string(gate.kind)), qubits);
  }
  return chains.figures();
}

CircuitFigures figures_of(const NativeCircuit& circuit) {
  Chains chains(circuit.qubits);
  for (const NativeGate& gate : circuit.gates) chains.add(std::string(to_string(gate.kind)), qubits_of(gate));
  return chains.figures();
}

double success_probability(const NativeCircuit& circuit, const Target& target) {
  double loss = 0;
  for (const NativeGate& gate : circuit.gates) {
    const auto figures = target_figures(gate, target);
    if (!figures) return 0;
    loss -= std::log1p(-figures->error);
  }
  for (const Qubit q : circuit.measured) loss -= std::log1p(-target.qubits[q].readout_error());
  return std::exp(-loss);
}

double duration(const NativeCircuit& circuit, const Target& target) {
  std::vector<double> free(circuit.qubits, 0);
  double end = 0;
  for (const NativeGate& gate : circuit.gates) {
    double start = 0;
    for (const Qubit q : qubits_of(gate)) start = std::max(start, free[q]);
    const auto figures = target_figures(gate, target);
    for (const Qubit q : qubits_of(gate)) free[q] = start + (figures ? figures->duration : 0);
    end = std::max(end, free[gate.qubits[0]]);
  }
  return end;
}

}  // namespace bornite
