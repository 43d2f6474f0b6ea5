#include "primitive.hpp"

#include <algorithm>
#include <numbers>

namespace bornite::statevector {
namespace {

using Kind = Primitive::Kind;
constexpr double pi = std::numbers::pi;

Angle half_negated(const Angle& angle) { return {-angle.scale / 2, angle.parameter, -angle.offset / 2}; }

class Lowering {
 public:
  explicit Lowering(std::vector<Primitive>& out) : out_(out) {}

  void gate(const Gate& gate) {
    QubitSet controls = 0;
    for (const Qubit control : gate.controls) controls |= qubit_set(control);
    if (gate.kind == GateKind::global_phase) return phase(controls, gate.angle);
    if (gate.kind == GateKind::swap) return swap(gate.targets[0], gate.targets[1], controls);
    one_target(gate.kind, gate.targets[0], controls, gate.angle);
  }

 private:
  void one_target(GateKind kind, Qubit target, QubitSet controls, const Angle& angle) {
    const QubitSet all = controls | qubit_set(target);
    switch (kind) {
      case GateKind::x: return flip(target, controls);
      case GateKind::y: return y(target, controls);
      case GateKind::z: return phase(all, Angle::constant(pi));
      case GateKind::s: return phase(all, Angle::constant(pi / 2));
      case GateKind::sdg: return phase(all, Angle::constant(-pi / 2));
      case GateKind::t: return phase(all, Angle::constant(pi / 4));
      case GateKind::tdg: return phase(all, Angle::constant(-pi / 4));
      case GateKind::phase: return phase(all, angle);
      case GateKind::h: phase(all, Angle::constant(pi)); return rotation(target, controls, Angle::constant(pi / 2));
      case GateKind::sx: phase(controls, Angle::constant(pi / 4)); return rx(target, controls, Angle::constant(pi / 2));
      case GateKind::sxdg:
        phase(controls, Angle::constant(-pi / 4));
        return rx(target, controls, Angle::constant(-pi / 2));
      case GateKind::rx: return rx(target, controls, angle);
      case GateKind::ry: return rotation(target, controls, angle);
      case GateKind::rz: phase(controls, half_negated(angle)); return phase(all, angle);
      case GateKind::swap:
      case GateKind::global_phase: return;  // gate() has dealt with them
    }
  }

  // Y = S X S^-1 and Rx = S^-1 Ry S. The outer phases cancel where the controls are not met, so they need none.
  void y(Qubit target, QubitSet controls) {
    phase(qubit_set(target), Angle::constant(-pi / 2));
    flip(target, controls);
    phase(qubit_set(target), Angle::constant(pi / 2));
  }
  void rx(Qubit target, QubitSet controls, const Angle& angle) {
    phase(qubit_set(target), Angle::constant(pi / 2));
    rotation(target, controls, angle);
    phase(qubit_set(target), Angle::constant(-pi / 2));
  }
  void swap(Qubit first, Qubit second, QubitSet controls) {
    flip(first, qubit_set(second));
    flip(second, qubit_set(first) | controls);
    flip(first, qubit_set(second));
  }

  void rotation(Qubit target, QubitSet controls, const Angle& angle) {
    out_.push_back({Kind::rotation, target, controls, angle});
  }
  void flip(Qubit target, QubitSet controls) { out_.push_back({Kind::flip, target, controls, {}}); }
  void phase(QubitSet ones, const Angle& angle) { out_.push_back({Kind::phase, 0, ones, angle}); }

  std::vector<Primitive>& out_;
};

/// Leaves out what needs a 1 on a qubit that is still |0>.
std::vector<Primitive> without_idle(const std::vector<Primitive>& primitives) {
  QubitSet touched = 0;
  std::vector<Primitive> kept;
  for (const Primitive& primitive : primitives) {
    if ((primitive.ones & ~touched) != 0) continue;
    touched |= primitive.changes();
    kept.push_back(primitive);
  }
  return kept;
}

/// Leaves out phases that only permutations and other phases follow. `mixed` holds the qubits on which a phase placed
/// here would be seen by a later rotation, directly or carried there by controlled flips.
std::vector<Primitive> without_unseen_phases(const std::vector<Primitive>& primitives) {
  QubitSet mixed = 0;
  std::vector<Primitive> kept;
  for (auto place = primitives.rbegin(); place != primitives.rend(); ++place) {
    const Primitive& primitive = *place;
    if (primitive.kind == Kind::phase && (primitive.ones & mixed) == 0) continue;
    if (primitive.kind == Kind::rotation) mixed |= primitive.changes();
    if (primitive.kind == Kind::flip && (primitive.ones & mixed) != 0) mixed |= primitive.changes();
    kept.push_back(primitive);
  }
  std::ranges::reverse(kept);
  return kept;
}

}  // namespace

std::vector<Primitive> lower(const Circuit& circuit, Readout readout) {
  std::vector<Primitive> primitives;
  Lowering lowering(primitives);
  for (const Gate& gate : circuit.gates()) lowering.gate(gate);
  primitives = without_idle(primitives);
  return readout == Readout::probabilities ? without_unseen_phases(primitives) : primitives;
}

}  // namespace bornite::statevector
