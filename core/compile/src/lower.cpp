#include <numbers>

#include "multi_control.hpp"

namespace bornite {
namespace {

constexpr double pi = std::numbers::pi;

/// A gate on one target as V^-1 D V with D = diag(1, e^{i angle}), or Rz(angle) if `is_rotation`.
struct Diagonalised {
  Rotation basis;  ///< V
  AngleSum angle;
  bool is_rotation = false;
};

Diagonalised diagonalise(const Gate& gate) {
  const Rotation from_x = Rotation::hadamard();
  const Rotation from_y = Rotation::about_x(pi / 2);
  switch (gate.kind) {
    case GateKind::x: return {from_x, pi};
    case GateKind::y: return {from_y, pi};
    case GateKind::h: return {Rotation::about_y(-pi / 4), pi};
    case GateKind::s: return {{}, pi / 2};
    case GateKind::sdg: return {{}, -pi / 2};
    case GateKind::t: return {{}, pi / 4};
    case GateKind::tdg: return {{}, -pi / 4};
    case GateKind::sx: return {from_x, pi / 2};
    case GateKind::sxdg: return {from_x, -pi / 2};
    case GateKind::rx: return {from_x, gate.angle, true};
    case GateKind::ry: return {from_y, gate.angle, true};
    case GateKind::rz: return {{}, gate.angle, true};
    case GateKind::phase: return {{}, gate.angle};
    case GateKind::z:
    case GateKind::swap:
    case GateKind::global_phase: break;
  }
  return {{}, pi};
}

void append_one_target(ZzCircuit& circuit, const Gate& gate) {
  const Qubit target = gate.targets[0];
  const Diagonalised form = diagonalise(gate);
  circuit.local(target, form.basis);
  if (form.is_rotation) {
    append_controlled_rz(circuit, gate.controls, target, form.angle);
  } else {
    std::vector<Qubit> qubits = gate.controls;
    qubits.push_back(target);
    append_phase(circuit, std::move(qubits), form.angle);
  }
  circuit.local(target, form.basis.inverse());
}

void append_swap(ZzCircuit& circuit, const Gate& gate) {
  const auto [first, second] = std::pair(gate.targets[0], gate.targets[1]);
  if (gate.controls.empty()) return circuit.swap(first, second);
  std::vector<Qubit> controls = gate.controls;
  controls.push_back(first);
  circuit.cx(second, first);
  append_one_target(circuit, {GateKind::x, {second}, std::move(controls), {}});
  circuit.cx(second, first);
}

}  // namespace

ZzCircuit to_zz_circuit(const Circuit& circuit) {
  ZzCircuit result(circuit.qubits());
  for (const Gate& gate : circuit.gates()) {
    if (gate.kind == GateKind::swap)
      append_swap(result, gate);
    else if (gate.kind != GateKind::global_phase)
      append_one_target(result, gate);
    else if (!gate.controls.empty())
      append_phase(result, gate.controls, gate.angle);
  }
  return result;
}

}  // namespace bornite
