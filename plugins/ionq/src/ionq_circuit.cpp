#include "ionq_circuit.hpp"

#include <string_view>

namespace bornite {
namespace {

std::string_view ionq_name(GateKind kind) {
  switch (kind) {
    case GateKind::sdg: return "si";
    case GateKind::tdg: return "ti";
    case GateKind::sx: return "v";
    case GateKind::sxdg: return "vi";
    default: return to_string(kind);  // x, y, z, h, s, t, rx, ry, rz and swap are called the same
  }
}

nlohmann::json ionq_gate(std::string_view name, const std::vector<Qubit>& targets, const std::vector<Qubit>& controls) {
  nlohmann::json gate{{"gate", name}};
  if (targets.size() == 1)
    gate["target"] = targets[0];
  else
    gate["targets"] = targets;
  if (controls.size() == 1) gate["control"] = controls[0];
  if (controls.size() > 1) gate["controls"] = controls;
  return gate;
}

/// A phase e^{it} where all of `qubits` are 1. The gate set has none: it is the rotation of one of them, controlled by
/// the others, times half the phase where those are 1.
void add_phase(nlohmann::json& gates, std::vector<Qubit> qubits, double angle) {
  while (!qubits.empty()) {
    const Qubit target = qubits.back();
    qubits.pop_back();
    nlohmann::json gate = ionq_gate("rz", {target}, qubits);
    gate["rotation"] = angle;
    gates.push_back(std::move(gate));
    angle /= 2;
  }
}

}  // namespace

nlohmann::json ionq_gates(const Circuit& circuit, Theta theta) {
  nlohmann::json gates = nlohmann::json::array();
  for (const Gate& gate : circuit.gates()) {
    const double angle = has_angle(gate.kind) ? gate.angle.value(theta) : 0.0;
    if (gate.kind == GateKind::phase || gate.kind == GateKind::global_phase) {
      std::vector<Qubit> qubits = gate.controls;
      qubits.insert(qubits.end(), gate.targets.begin(), gate.targets.end());
      add_phase(gates, std::move(qubits), angle);
      continue;
    }
    const bool cnot = gate.kind == GateKind::x && gate.controls.size() == 1;
    nlohmann::json json = ionq_gate(cnot ? "cnot" : ionq_name(gate.kind), gate.targets, gate.controls);
    if (has_angle(gate.kind)) json["rotation"] = angle;
    gates.push_back(std::move(json));
  }
  return gates;
}

}  // namespace bornite
