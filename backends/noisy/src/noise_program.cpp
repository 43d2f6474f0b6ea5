#include "noise_program.hpp"

#include <algorithm>
#include <bit>
#include <numeric>

namespace bornite::noisy {
namespace {

/// Whether each gate matters for the outcomes.
std::vector<bool> gates_that_matter(const Circuit& circuit) {
  std::vector<bool> matters(circuit.gates().size());
  QubitSet followed = 0;  // by a gate that matters
  for (std::size_t g = matters.size(); g-- != 0;) {
    const Gate& gate = circuit.gates()[g];
    const QubitSet own = members(gate);
    matters[g] = !is_diagonal(gate.kind) || (own & followed) != 0;
    if (matters[g]) followed |= own;
  }
  return matters;
}

}  // namespace

QubitSet members(const Gate& gate) {
  QubitSet result = 0;
  for (const Qubit qubit : gate.targets) result |= qubit_set(qubit);
  for (const Qubit qubit : gate.controls) result |= qubit_set(qubit);
  return result;
}

NoiseProgram depolarising_program(const Circuit& circuit, const NoisyOptions& options) {
  NoiseProgram program{.circuit = circuit, .places = {}, .measured = {}, .readout = {}};
  for (std::size_t g = 0; g != circuit.gates().size(); ++g) {
    const QubitSet qubits = members(circuit.gates()[g]);
    if (qubits == 0) continue;
    const double error = std::has_single_bit(qubits) ? NoisyOptions::one_qubit_error : NoisyOptions::two_qubit_error;
    program.places.push_back({FaultKind::pauli, g + 1, qubits, std::min(1.0, error * options.f)});
  }
  program.measured.resize(circuit.qubits());
  std::iota(program.measured.begin(), program.measured.end(), Qubit{0});
  program.readout.assign(circuit.qubits(), {options.one_given_zero, options.zero_given_one});
  return program;
}

NoiseProgram without_last_phases(NoiseProgram program) {
  const std::vector<bool> matters = gates_that_matter(program.circuit);
  std::vector<Gate> gates;
  std::vector<std::size_t> before{0};  // gates kept among the first so many
  for (std::size_t g = 0; g != matters.size(); ++g) {
    if (matters[g]) gates.push_back(program.circuit.gates()[g]);
    before.push_back(gates.size());
  }
  program.circuit = Circuit(program.circuit.qubits(), std::move(gates));
  for (FaultPlace& place : program.places) place.gates = before[place.gates];
  return program;
}

}  // namespace bornite::noisy
