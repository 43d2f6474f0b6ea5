#include "calibration_angles.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <optional>

namespace bornite {
namespace {

bool turns_bits(const Gate& gate) { return gate.kind == GateKind::rx || gate.kind == GateKind::ry; }

/// Whether a gate, its controls being 1, flips its target; none if it leaves the basis states.
std::optional<bool> flips(const Gate& gate, std::span<const double> theta) {
  switch (gate.kind) {
    case GateKind::x:
    case GateKind::y: return true;
    case GateKind::h:
    case GateKind::sx:
    case GateKind::sxdg: return std::nullopt;
    case GateKind::rx:
    case GateKind::ry: {
      const double half_turns = gate.angle.value(theta) / std::numbers::pi;
      if (std::abs(half_turns - std::round(half_turns)) > 1e-9) return std::nullopt;
      return std::fmod(std::round(half_turns), 2.0) != 0;
    }
    default: return false;
  }
}

/// The bits of the basis state that the circuit makes; none if it makes none on the way.
std::optional<std::vector<bool>> basis_state(const Circuit& circuit, std::span<const double> theta) {
  std::vector<bool> bits(circuit.qubits());
  for (const Gate& gate : circuit.gates()) {
    if (!std::ranges::all_of(gate.controls, [&](Qubit control) { return bits[control]; })) continue;
    if (gate.kind == GateKind::swap) {
      const bool first = bits[gate.targets[0]];
      bits[gate.targets[0]] = bits[gate.targets[1]];
      bits[gate.targets[1]] = first;
      continue;
    }
    const auto flip = flips(gate, theta);
    if (!flip) return std::nullopt;
    if (*flip) bits[gate.targets[0]] = !bits[gate.targets[0]];
  }
  return bits;
}

/// Moves the last turn of each qubit whose bit is not `wanted` by pi.
std::optional<std::vector<double>> angles_for(const Circuit& circuit, bool wanted) {
  std::vector<double> theta(circuit.parameters());
  std::vector<const Angle*> last(circuit.qubits());
  for (const Gate& gate : circuit.gates()) {
    if (!turns_bits(gate) || gate.angle.is_constant() || gate.angle.scale == 0) continue;
    theta[static_cast<std::size_t>(gate.angle.parameter)] = -gate.angle.offset / gate.angle.scale;
    if (gate.controls.empty()) last[gate.targets[0]] = &gate.angle;
  }
  const auto bits = basis_state(circuit, theta);
  if (!bits) return std::nullopt;
  for (std::size_t q = 0; q < bits->size(); ++q) {
    if ((*bits)[q] == wanted) continue;
    if (!last[q]) return std::nullopt;
    theta[static_cast<std::size_t>(last[q]->parameter)] += std::numbers::pi / last[q]->scale;
  }
  const auto reached = basis_state(circuit, theta);
  if (!reached || std::ranges::find(*reached, !wanted) != reached->end()) return std::nullopt;
  return theta;
}

}  // namespace

Result<CalibrationAngles> calibration_angles(const Circuit& circuit) {
  auto zeros = angles_for(circuit, false), ones = angles_for(circuit, true);
  if (zeros && ones) return CalibrationAngles{*std::move(zeros), *std::move(ones)};
  return Error{ErrorKind::unsupported,
               "Readout cannot be calibrated with this circuit: at no angles does it prepare all zeros and all ones.",
               "Use one of the ansaetze, or train without readout mitigation."};
}

}  // namespace bornite
