#include "turnable_circuit.hpp"

#include <numbers>
#include <utility>

namespace bornite::noisy {
namespace {

/// T as a phase, which has an angle.
Gate with_angle(Gate gate) {
  if (gate.kind != GateKind::t && gate.kind != GateKind::tdg) return gate;
  const double quarter = gate.kind == GateKind::t ? std::numbers::pi / 4 : -std::numbers::pi / 4;
  return {GateKind::phase, std::move(gate.targets), std::move(gate.controls), Angle::constant(quarter)};
}

}  // namespace

TurnableCircuit::TurnableCircuit(const Circuit& circuit) : circuit_(circuit.qubits()) {
  for (const Gate& original : circuit.gates()) {
    Gate gate = with_angle(original);
    parameter_of_.push_back(angles_.size());
    if (has_angle(gate.kind)) {
      const Angle own = std::exchange(gate.angle, Angle::of(angles_.size()));
      angles_.push_back(own);
    }
    circuit_.append(std::move(gate));
  }
}

std::vector<double> TurnableCircuit::angles(std::span<const double> theta) const {
  std::vector<double> values;
  for (const Angle& angle : angles_) values.push_back(angle.value(theta));
  return values;
}

void TurnableCircuit::turn(std::size_t gate, std::vector<double>& angles) const {
  double& angle = angles[parameter_of_[gate]];
  angle = -angle;
}

}  // namespace bornite::noisy
