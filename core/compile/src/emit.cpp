#include "bornite/compile/emit.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numbers>

#include "one_qubit_writer.hpp"

namespace bornite {
namespace {

constexpr double pi = std::numbers::pi;

/// How a ZZ gate by a constant angle comes from one whose angle is in a range.
struct RangedAngle {
  double angle;
  bool flip;  ///< with X on the first qubit before and after, which changes the sign
  bool z;     ///< with Z on both after, which adds pi
};

/// The angle in the range itself may differ by what rounding makes of angles at its ends.
std::optional<RangedAngle> fit(double angle, const AngleRange& range) {
  constexpr double room = 1e-13;
  for (const bool flip : {false, true}) {
    const double least = std::remainder(flip ? -angle : angle, pi);
    for (const double shift : {0.0, pi, -pi}) {
      const double fitted = std::clamp(least + shift, range.least, range.most);
      if (std::abs(fitted - (least + shift)) > room) continue;
      const double turns = std::round(((flip ? -angle : angle) - least - shift) / pi);
      return RangedAngle{fitted, flip, std::lround(turns) % 2 != 0};
    }
  }
  return std::nullopt;
}

bool turns_by_angle(NativeKind kind) {
  return kind == NativeKind::rzz || kind == NativeKind::rxx || kind == NativeKind::ms;
}

const AngleRange& angle_range(const TargetGate& gate) { return gate.ranges[gate.kind == NativeKind::ms ? 2 : 0]; }

/// How many gates of this kind do the angle; none if they cannot.
std::optional<std::size_t> uses_for(const TargetGate& gate, const AngleSum& angle) {
  if (!turns_by_angle(gate.kind)) return is_fully_entangling(angle) ? 1 : 2;
  const AngleRange& range = angle_range(gate);
  if (range.is_unlimited() || (angle.is_constant() && fit(angle.offset(), range))) return 1;
  return fit(pi / 2, range) ? std::optional<std::size_t>(2) : std::nullopt;
}

class Emitter {
 public:
  Emitter(const Target& target, OneQubitWriter& writer) : target_(target), writer_(writer) {}

  [[nodiscard]] Result<void> apply(const LocalOperation& operation) {
    writer_.append(operation.qubit, operation.run);
    return {};
  }

  [[nodiscard]] Result<void> apply(const ZzOperation& operation) {
    const auto& [a, b, angle] = operation;
    const auto choice = choose_zz_gate(target_, a, b, angle);
    if (!choice)
      return Error{ErrorKind::unsupported,
                   fmt::format("{} has no two-qubit gate for qubits {} and {} that is known here.", target_.name, a, b),
                   "Give the device cz, cx, ecr, rzz, rxx or ms on that pair, or another layout."};
    if (choice->uses == 1)
      do_at_once(oriented(*choice, 1), angle);
    else
      do_by_two(oriented(*choice, 2), angle);
    return {};
  }

 private:
  /// The gate the way round that makes the runs before it shorter, where both ways are as good.
  [[nodiscard]] ZzChoice oriented(const ZzChoice& choice, std::size_t uses) const {
    const auto other_way = target_.figures(choice.kind, choice.second, choice.first);
    const auto this_way = target_.figures(choice.kind, choice.first, choice.second);
    if (!other_way || other_way->error > this_way->error || choice.kind == NativeKind::ecr) return choice;
    if (uses == 1 && choice.kind != NativeKind::cx) return choice;  // they treat both qubits alike
    return cost_with_basis_change(choice.second) <= cost_with_basis_change(choice.first) ? choice : reversed(choice);
  }
  static ZzChoice reversed(ZzChoice choice) {
    std::swap(choice.first, choice.second);
    return choice;
  }
  /// How much longer the run gets by a Hadamard at its end.
  [[nodiscard]] std::ptrdiff_t cost_with_basis_change(Qubit q) const {
    RotationRun changed = writer_.pending(q);
    changed.append(Rotation::hadamard());
    return static_cast<std::ptrdiff_t>(writer_.cost(changed)) -
           static_cast<std::ptrdiff_t>(writer_.cost(writer_.pending(q)));
  }

  void do_at_once(const ZzChoice& gate, const AngleSum& angle) {
    if (!turns_by_angle(gate.kind)) return do_fully_entangling(gate, angle.offset());
    const AngleRange& range = angle_range(*target_.find(gate.kind));
    if (range.is_unlimited()) return write_turn(gate, angle);
    const RangedAngle ranged = *fit(angle.offset(), range);
    if (ranged.flip) writer_.append(gate.first, Rotation::about_x(pi));
    write_turn(gate, ranged.angle);
    if (ranged.flip) writer_.append(gate.first, Rotation::about_x(pi));
    if (ranged.z)
      for (const Qubit q : {gate.first, gate.second}) writer_.rotate_z(q, pi);
  }

  /// exp(-i t ZZ/2) = CX Rz(t) CX.
  void do_by_two(const ZzChoice& gate, const AngleSum& angle) {
    write_cx(gate);
    writer_.rotate_z(gate.second, angle);
    write_cx(gate);
  }
  void write_cx(const ZzChoice& gate) {
    writer_.append(gate.second, Rotation::hadamard());
    for (const Qubit q : {gate.first, gate.second}) writer_.rotate_z(q, pi / 2);
    do_at_once(gate, -pi / 2);
    writer_.append(gate.second, Rotation::hadamard());
  }

  /// An odd multiple of pi/2 by a gate that is like CZ.
  void do_fully_entangling(const ZzChoice& gate, double angle) {
    // CZ is the angle -pi/2 and Rz(pi/2) on both; what is missing is a multiple of pi, so Z on both or nothing.
    const bool z = std::lround((angle + pi / 2) / pi) % 2 != 0;
    for (const Qubit q : {gate.first, gate.second}) writer_.rotate_z(q, z ? pi / 2 : -pi / 2);
    if (gate.kind == NativeKind::cz) return write_diagonal({gate.kind, {gate.first, gate.second}, {}});
    writer_.append(gate.second, Rotation::hadamard());
    if (gate.kind == NativeKind::cx)
      write_cx_gate(gate);
    else
      write_ecr(gate);
    writer_.append(gate.second, Rotation::hadamard());
  }

  void write_turn(const ZzChoice& gate, const AngleSum& angle) {
    if (gate.kind == NativeKind::rzz) return write_diagonal({gate.kind, {gate.first, gate.second}, {angle}});
    for (const Qubit q : {gate.first, gate.second}) {
      writer_.append(q, Rotation::hadamard());
      writer_.flush(q);
      if (gate.kind == NativeKind::rxx) writer_.settle(q);
    }
    if (gate.kind == NativeKind::rxx)
      writer_.write({gate.kind, {gate.first, gate.second}, {angle}});
    else
      writer_.write({gate.kind,
                     {gate.first, gate.second},
                     {wrapped(-writer_.frame(gate.first)), wrapped(-writer_.frame(gate.second)), angle}});
    for (const Qubit q : {gate.first, gate.second}) writer_.append(q, Rotation::hadamard());
  }

  void write_diagonal(NativeGate gate) {
    for (const Qubit q : gate.qubits) writer_.flush(q);
    writer_.write(std::move(gate));
  }

  void write_cx_gate(const ZzChoice& gate) {
    writer_.flush(gate.first);
    writer_.flush(gate.second);
    writer_.settle(gate.second);
    writer_.write({NativeKind::cx, {gate.first, gate.second}, {}});
  }

  /// CX = X on the first after ECR after the inverses of S on the first and of the root of X on the second.
  void write_ecr(const ZzChoice& gate) {
    writer_.rotate_z(gate.first, -pi / 2);
    writer_.append(gate.second, Rotation::about_x(-pi / 2));
    writer_.flush(gate.first);
    writer_.flush(gate.second);
    writer_.settle(gate.second);
    writer_.write({NativeKind::ecr, {gate.first, gate.second}, {}});
    writer_.frame(gate.first) *= -1;  // Z on the first anticommutes with the gate
    writer_.append(gate.first, Rotation::about_x(pi));
  }

  const Target& target_;
  OneQubitWriter& writer_;
};

}  // namespace

std::optional<ZzChoice> choose_zz_gate(const Target& target, Qubit a, Qubit b, const AngleSum& angle) {
  std::optional<ZzChoice> best;
  for (const TargetGate& gate : target.gates) {
    if (qubit_count(gate.kind) == 1) continue;
    const auto uses = uses_for(gate, angle);
    if (!uses) continue;
    for (const Place place : {Place{a, b}, Place{b, a}}) {
      const auto figures = target.figures(gate.kind, place[0], place[1]);
      if (!figures) continue;
      const double loss = -static_cast<double>(*uses) * std::log1p(-figures->error);
      if (!best || std::pair(loss, *uses) < std::pair(best->loss, best->uses))
        best = ZzChoice{gate.kind, place[0], place[1], *uses, loss};
    }
  }
  return best;
}

Result<NativeCircuit> emit(const ZzCircuit& circuit, const Target& target, bool measured_at_the_end) {
  BORNITE_TRY(const auto writer, make_one_qubit_writer(target));
  Emitter emitter(target, *writer);
  for (const auto& operation : circuit.operations())
    BORNITE_CHECK(std::visit([&](const auto& one) { return emitter.apply(one); }, operation));
  for (Qubit q = 0; q < circuit.qubits(); ++q) {
    writer->flush(q);
    if (!measured_at_the_end) writer->settle(q);
  }
  return writer->take();
}

}  // namespace bornite
