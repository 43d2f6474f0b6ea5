#include "bound_gate.hpp"

namespace bornite::noisy {
namespace {

/// A phase on controls alone is one of their targets' own.
BoundGate bind_phase(const Gate& gate, double angle) {
  const QubitSet all = members(gate);
  const QubitSet target = all & -all;
  return {.controls = all ^ target, .target = target, .matrix = matrix(GateKind::phase, angle)};
}

BoundGate bind(const Gate& gate, double angle) {
  if (gate.kind == GateKind::global_phase && !gate.controls.empty()) return bind_phase(gate, angle);
  if (gate.kind == GateKind::global_phase) return {.controls = 0, .target = 0, .matrix = {1, 0, 0, 1}};
  BoundGate bound{.controls = 0, .target = qubit_set(gate.targets[0])};
  for (const Qubit control : gate.controls) bound.controls |= qubit_set(control);
  if (gate.kind == GateKind::swap)
    bound.other = qubit_set(gate.targets[1]);
  else
    bound.matrix = matrix(gate.kind, angle);
  return bound;
}

}  // namespace

Matrix2 adjoint(const Matrix2& matrix) {
  return {std::conj(matrix[0]), std::conj(matrix[2]), std::conj(matrix[1]), std::conj(matrix[3])};
}

std::vector<BoundGate> bind(const Circuit& circuit, std::span<const double> theta) {
  std::vector<BoundGate> gates;
  gates.reserve(circuit.gates().size());
  for (const Gate& gate : circuit.gates()) gates.push_back(bind(gate, gate.angle.value(theta)));
  return gates;
}

BoundGate inverse(const BoundGate& gate) {
  BoundGate result = gate;
  result.matrix = adjoint(gate.matrix);
  return result;
}

}  // namespace bornite::noisy
