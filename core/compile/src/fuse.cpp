#include "fuse.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <optional>

namespace bornite {
namespace {

/// A run as leave * exp(-i angle P/2), P on the equator: `enter` takes P to Z, and `leave` is what follows on
/// Rz(angle).
struct EquatorRotation {
  Rotation enter, leave;
  AngleSum angle;
  bool flips;  ///< whether what is left besides the rotation is anti-diagonal
};

std::optional<EquatorRotation> as_equator_rotation(const RotationRun& run) {
  if (run.is_constant()) {
    const auto [frame, angle, axis] = equator_angles(run.first());
    const Rotation enter = Rotation::hadamard() * Rotation::about_z(-axis);
    return EquatorRotation{enter, Rotation::about_z(frame) * enter.inverse(), angle, false};
  }
  if (run.stages().size() != 1) return std::nullopt;
  const Rotation &enter = run.first(), &leave = run.stages()[0].after, rest = leave * enter;
  const bool on_equator = std::abs(1 - 2 * (enter.x * enter.x + enter.y * enter.y)) < 1e-14;
  if (!on_equator || !rest.is_monomial()) return std::nullopt;
  return EquatorRotation{enter, leave, run.stages()[0].angle, rest.is_antidiagonal()};
}

class Fusion {
 public:
  explicit Fusion(const ZzCircuit& circuit) : circuit_(circuit), on_(circuit.qubits()), local_on_(circuit.qubits()) {
    for (std::size_t i = 0; i < circuit.operations().size(); ++i) {
      const auto& operation = circuit.operations()[i];
      if (const auto* local = std::get_if<LocalOperation>(&operation)) {
        on_[local->qubit].push_back(i);
        local_on_[local->qubit].push_back(i);
      }
      if (const auto* zz = std::get_if<ZzOperation>(&operation)) {
        on_[zz->first].push_back(i);
        on_[zz->second].push_back(i);
      }
    }
    dropped_.assign(circuit.operations().size(), false);
    replaced_.resize(circuit.operations().size());
  }

  ZzCircuit run() {
    for (Qubit q = 0; q < circuit_.qubits(); ++q)
      for (std::size_t k = 0; k + 2 < on_[q].size(); ++k) try_at(q, on_[q][k], on_[q][k + 1], on_[q][k + 2]);
    return result();
  }

 private:
  struct Fused {
    Qubit turned, other;
    EquatorRotation rotation;
    AngleSum on_other;
  };

  [[nodiscard]] const ZzOperation* entangler(std::size_t i) const {
    const auto* zz = std::get_if<ZzOperation>(&circuit_.operations()[i]);
    return zz != nullptr && !dropped_[i] && !replaced_[i] && is_fully_entangling(zz->angle) ? zz : nullptr;
  }

  /// Three operations that follow each other on a qubit: a gate, a run, a gate.
  void try_at(Qubit q, std::size_t before, std::size_t between, std::size_t after) {
    const ZzOperation *first = entangler(before), *second = entangler(after);
    const auto* local = std::get_if<LocalOperation>(&circuit_.operations()[between]);
    if (first == nullptr || second == nullptr || local == nullptr) return;
    const Qubit other = first->first == q ? first->second : first->first;
    if (other != (second->first == q ? second->second : second->first)) return;
    const auto local_on_other = std::ranges::upper_bound(local_on_[other], before);
    if (local_on_other != local_on_[other].end() && *local_on_other < after) return;
    // Each gate is CZ and Rz by its angle on both.
    RotationRun run;
    run.append_rz(first->angle);
    run.append(local->run);
    run.append_rz(second->angle);
    const auto rotation = as_equator_rotation(run);
    if (!rotation) return;
    dropped_[before] = dropped_[between] = true;
    const AngleSum flip = rotation->flips ? std::numbers::pi : 0.0;
    replaced_[after] = Fused{q, other, *rotation, first->angle + second->angle + flip};
  }

  [[nodiscard]] ZzCircuit result() const {
    ZzCircuit result(circuit_.qubits());
    for (std::size_t i = 0; i < circuit_.operations().size(); ++i) {
      const auto& operation = circuit_.operations()[i];
      if (dropped_[i]) continue;
      if (const auto& fused = replaced_[i]) {
        result.local(fused->turned, fused->rotation.enter);
        result.zz(fused->turned, fused->other, fused->rotation.angle);
        result.local(fused->turned, fused->rotation.leave);
        result.rotate_z(fused->other, fused->on_other);
      } else if (const auto* local = std::get_if<LocalOperation>(&operation)) {
        result.local(local->qubit, local->run);
      } else if (const auto* zz = std::get_if<ZzOperation>(&operation)) {
        result.zz(zz->first, zz->second, zz->angle);
      }
    }
    return result;
  }

  const ZzCircuit& circuit_;
  std::vector<std::vector<std::size_t>> on_;        // operations of each qubit
  std::vector<std::vector<std::size_t>> local_on_;  // those on it alone
  std::vector<bool> dropped_;
  std::vector<std::optional<Fused>> replaced_;
};

}  // namespace

ZzCircuit fuse_pairs(const ZzCircuit& circuit) { return Fusion(circuit).run(); }

}  // namespace bornite
