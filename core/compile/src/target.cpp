#include "bornite/compile/target.hpp"

#include <algorithm>
#include <cmath>

namespace bornite {

bool AngleRange::is_unlimited() const { return std::isinf(least) && std::isinf(most); }

bool AngleRange::contains(double angle) const { return angle >= least && angle <= most; }

bool is_symmetric(NativeKind kind) {
  switch (kind) {
    case NativeKind::cz:
    case NativeKind::rzz:
    case NativeKind::rxx:
    case NativeKind::ms: return true;
    default: return false;
  }
}

const TargetGate* Target::find(NativeKind kind) const {
  const auto found = std::ranges::find(gates, kind, &TargetGate::kind);
  return found == gates.end() ? nullptr : &*found;
}

std::optional<GateFigures> Target::figures(NativeKind kind, Qubit first, Qubit second) const {
  const TargetGate* gate = find(kind);
  if (gate == nullptr || first >= qubits.size() || second >= qubits.size()) return std::nullopt;
  if (!qubits[first].up || !qubits[second].up) return std::nullopt;
  auto place = gate->places.find({first, second});
  if (place == gate->places.end() && is_symmetric(kind)) place = gate->places.find({second, first});
  if (place == gate->places.end()) return gate->everywhere ? std::optional(gate->typical) : std::nullopt;
  return place->second.up ? std::optional(place->second) : std::nullopt;
}

std::optional<GateFigures> Target::figures(NativeKind kind, Qubit qubit) const { return figures(kind, qubit, qubit); }

}  // namespace bornite
