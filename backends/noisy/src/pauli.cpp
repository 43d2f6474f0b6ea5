#include "pauli.hpp"

#include <utility>

namespace bornite::noisy {
namespace {

/// Bits of one qubit.
struct Bits {
  bool x;
  bool z;
};

Bits at(const Pauli& pauli, Qubit qubit) { return {(pauli.x >> qubit & 1) != 0, (pauli.z >> qubit & 1) != 0}; }

void set(Pauli& pauli, Qubit qubit, Bits bits) {
  const QubitSet one = qubit_set(qubit);
  pauli.x = bits.x ? pauli.x | one : pauli.x & ~one;
  pauli.z = bits.z ? pauli.z | one : pauli.z & ~one;
}

/// Whether the operator on the target commutes with the gate there, whatever its controls do.
bool commutes_on_target(Bits on, GateKind kind) {
  switch (kind) {
    case GateKind::x:
    case GateKind::sx:
    case GateKind::sxdg:
    case GateKind::rx: return !on.z;
    case GateKind::y:
    case GateKind::ry: return on.x == on.z;
    case GateKind::z:
    case GateKind::s:
    case GateKind::sdg:
    case GateKind::t:
    case GateKind::tdg:
    case GateKind::rz:
    case GateKind::phase: return !on.x;
    default: return !on.x && !on.z;
  }
}

/// A gate on one qubit, with which the operator does not commute.
Passage pass_uncontrolled(Pauli& pauli, const Gate& gate) {
  const Qubit target = gate.targets[0];
  const Bits on = at(pauli, target);
  switch (gate.kind) {
    case GateKind::x:
    case GateKind::y:
    case GateKind::z: return Passage::same_gate;
    case GateKind::h: set(pauli, target, {on.z, on.x}); return Passage::same_gate;
    case GateKind::s:
    case GateKind::sdg: set(pauli, target, {on.x, on.x != on.z}); return Passage::same_gate;
    case GateKind::sx:
    case GateKind::sxdg: set(pauli, target, {on.x != on.z, on.z}); return Passage::same_gate;
    default: return Passage::inverse;  // rotations and phases
  }
}

/// CX, CY or CZ.
void pass_controlled_pauli(Pauli& pauli, const Gate& gate) {
  const QubitSet control = qubit_set(gate.controls[0]);
  const Qubit target = gate.targets[0];
  Bits on = at(pauli, target);
  const bool turns_control = !commutes_on_target(on, gate.kind);
  if ((pauli.x & control) != 0) {
    if (gate.kind != GateKind::z) on.x = !on.x;
    if (gate.kind != GateKind::x) on.z = !on.z;
    set(pauli, target, on);
  }
  if (turns_control) pauli.z ^= control;
}

bool commutes(const Pauli& pauli, const Gate& gate) {
  QubitSet controls = 0;
  for (const Qubit control : gate.controls) controls |= qubit_set(control);
  if ((pauli.x & controls) != 0) return false;
  if (gate.kind == GateKind::global_phase) return true;
  if (gate.kind == GateKind::swap) return (pauli.support() & (members(gate) ^ controls)) == 0;
  return commutes_on_target(at(pauli, gate.targets[0]), gate.kind);
}

}  // namespace

Passage pass(Pauli& pauli, const Gate& gate) {
  if (commutes(pauli, gate)) return Passage::same_gate;
  const bool is_pauli = gate.kind == GateKind::x || gate.kind == GateKind::y || gate.kind == GateKind::z;
  if (gate.controls.empty() && gate.kind == GateKind::swap) {
    const auto [first, second] = std::pair(at(pauli, gate.targets[0]), at(pauli, gate.targets[1]));
    set(pauli, gate.targets[0], second);
    set(pauli, gate.targets[1], first);
    return Passage::same_gate;
  }
  if (gate.controls.empty()) return pass_uncontrolled(pauli, gate);
  if (gate.controls.size() != 1 || !is_pauli) return Passage::impossible;
  pass_controlled_pauli(pauli, gate);
  return Passage::same_gate;
}

Pauli draw_pauli(QubitSet qubits, RandomStream& random) {
  Pauli pauli;
  while (pauli.support() == 0) pauli = Pauli{random(), random()}.on(qubits);
  return pauli;
}

}  // namespace bornite::noisy
