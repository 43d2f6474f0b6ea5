#include "gate_list.hpp"

#include "bornite/circuit/circuit.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace bornite::qasm {
namespace {

constexpr double pi = std::numbers::pi;

/// A gate that is the identity or its own power after so many times.
std::int64_t order(GateKind kind) {
  switch (kind) {
    case GateKind::s:
    case GateKind::sdg:
    case GateKind::sx:
    case GateKind::sxdg: return 4;
    case GateKind::t:
    case GateKind::tdg: return 8;
    default: return 2;
  }
}

/// Which rotation's power the gate is, and by what angle: diag(1, e^{ia}) in the eigenbasis of the Pauli matrix.
struct Phase {
  GateKind rotation;
  double angle;
};

Phase phase_of(GateKind kind) {
  switch (kind) {
    case GateKind::x: return {GateKind::rx, pi};
    case GateKind::sx: return {GateKind::rx, pi / 2};
    case GateKind::sxdg: return {GateKind::rx, -pi / 2};
    case GateKind::y: return {GateKind::ry, pi};
    case GateKind::z: return {GateKind::phase, pi};
    case GateKind::s: return {GateKind::phase, pi / 2};
    case GateKind::sdg: return {GateKind::phase, -pi / 2};
    case GateKind::t: return {GateKind::phase, pi / 4};
    case GateKind::tdg: return {GateKind::phase, -pi / 4};
    default: return {GateKind::h, pi};
  }
}

/// The angle with the same matrix for which the principal power is that of the multiplied angle.
double principal(GateKind kind, double angle) {
  const bool is_rotation = kind != GateKind::phase && kind != GateKind::global_phase;
  return std::remainder(angle, is_rotation ? 4 * pi : 2 * pi);
}

}  // namespace

void GateList::add_angle(GateKind kind, std::vector<Qubit> targets, std::vector<Qubit> controls,
                         const AngleSum& angle) {
  if (angle.is_constant()) {
    gates_.push_back({kind, std::move(targets), std::move(controls), Angle::constant(angle.offset())});
    return;
  }
  for (const Angle& part : angle.split())
    gates_.push_back({kind, targets, controls, part.scale == 0 ? Angle::constant(part.offset) : part});
}

void GateList::rotate(GateKind kind, Qubit target, const AngleSum& angle, std::vector<Qubit> controls) {
  if (!angle.is_constant() || angle.offset() != 0) add_angle(kind, {target}, std::move(controls), angle);
}

void GateList::global_phase(const AngleSum& angle) {
  if (!angle.is_constant() || angle.offset() != 0) add_angle(GateKind::global_phase, {}, {}, angle);
}

void GateList::control(std::size_t begin, std::span<const Qubit> controls, bool negative) {
  for (std::size_t i = begin; i < gates_.size(); ++i)
    gates_[i].controls.insert(gates_[i].controls.begin(), controls.begin(), controls.end());
  if (!negative) return;
  std::vector<Gate> flips;
  for (const Qubit control : controls) flips.push_back({GateKind::x, {control}, {}, {}});
  gates_.insert(gates_.begin() + static_cast<std::ptrdiff_t>(begin), flips.begin(), flips.end());
  gates_.insert(gates_.end(), flips.begin(), flips.end());
}

void GateList::invert(std::size_t begin) {
  std::reverse(gates_.begin() + static_cast<std::ptrdiff_t>(begin), gates_.end());
  for (std::size_t i = begin; i < gates_.size(); ++i) gates_[i] = inverse(gates_[i]);
}

std::size_t GateList::size_of_power(std::size_t begin, std::int64_t times) const {
  const std::size_t count = gates_.size() - begin;
  if (count == 0) return 0;
  if (count == 1) return 8;
  const auto repetitions = static_cast<std::size_t>(times < 0 ? -(times + 1) : times) + 1;
  return repetitions > SIZE_MAX / count ? SIZE_MAX : repetitions * count;
}

void GateList::repeat_one(std::size_t begin, std::int64_t times) {
  Gate& gate = gates_[begin];
  if (has_angle(gate.kind)) {
    const auto factor = static_cast<double>(times);
    gate.angle.scale *= factor;
    gate.angle.offset *= factor;
    if (times == 0) gates_.pop_back();
    return;
  }
  const Gate copy = gate;
  gates_.resize(begin + static_cast<std::size_t>(times % order(gate.kind)), copy);
}

void GateList::power(std::size_t begin, std::int64_t times) {
  if (times < 0) {
    invert(begin);
    times = -times;
  }
  const std::size_t count = gates_.size() - begin;
  if (count == 1) return repeat_one(begin, times);
  if (times == 0) return drop_from(begin);
  gates_.reserve(begin + count * static_cast<std::size_t>(times));
  for (std::int64_t repetition = 1; repetition < times; ++repetition)
    for (std::size_t i = 0; i < count; ++i) gates_.push_back(Gate(gates_[begin + i]));
}

Result<void> GateList::power(std::size_t begin, double exponent) {
  if (gates_.size() == begin) return {};
  const auto refusal = [](std::string message) {
    return Error{ErrorKind::unsupported, std::move(message),
                 "Whole powers of anything and any power of a single gate by a number are supported."};
  };
  if (gates_.size() != begin + 1) return refusal("A power that is not whole of several gates is not supported.");
  Gate gate = gates_[begin];
  if (!gate.angle.is_constant()) return refusal("A power that is not whole of an input's angle is not supported.");
  if (gate.kind == GateKind::swap) return refusal("A power of swap that is not whole is not supported.");
  if (has_angle(gate.kind)) {
    gates_[begin].angle.offset = exponent * principal(gate.kind, gate.angle.offset);
    return {};
  }
  drop_from(begin);
  const auto [rotation, angle] = phase_of(gate.kind);
  const double turned = exponent * angle;
  const Qubit target = gate.targets[0];
  if (rotation == GateKind::h) {  // H is Z in the basis that Ry(pi/4) leads to
    rotate(GateKind::ry, target, -pi / 4);
    rotate(GateKind::phase, target, turned, gate.controls);
    rotate(GateKind::ry, target, pi / 4);
    return {};
  }
  rotate(rotation, target, turned, gate.controls);
  if (rotation != GateKind::phase && turned != 0)
    gates_.push_back({GateKind::global_phase, {}, gate.controls, Angle::constant(turned / 2)});
  return {};
}

}  // namespace bornite::qasm
