#pragma once
// The gates of a program as they are unrolled, and what modifiers make of the last of them.

#include "bornite/circuit/angle_sum.hpp"
#include "bornite/circuit/gate.hpp"
#include "bornite/util/error.hpp"

#include <cstdint>
#include <span>
#include <vector>

namespace bornite::qasm {

class GateList {
 public:
  [[nodiscard]] std::size_t size() const { return gates_.size(); }
  [[nodiscard]] std::vector<Gate> take() { return std::move(gates_); }
  [[nodiscard]] std::span<const Gate> from(std::size_t begin) const { return std::span(gates_).subspan(begin); }
  void drop_from(std::size_t begin) { gates_.resize(begin, Gate{}); }

  void add(GateKind kind, Qubit target) { gates_.push_back({kind, {target}, {}, {}}); }
  void add(GateKind kind, std::vector<Qubit> targets, std::vector<Qubit> controls) {
    gates_.push_back({kind, std::move(targets), std::move(controls), {}});
  }
  /// One gate per input that the angle depends on; none for the angle 0.
  void rotate(GateKind kind, Qubit target, const AngleSum& angle, std::vector<Qubit> controls = {});
  void global_phase(const AngleSum& angle);
  /// As above, but one gate also for the angle 0, so that a program's gates are all there.
  void add_angle(GateKind kind, std::vector<Qubit> targets, std::vector<Qubit> controls, const AngleSum& angle);

  // What modifiers make of the gates from `begin` on.

  /// `controls` go before the controls that there are. With `negative`, the gates act where they are all 0.
  void control(std::size_t begin, std::span<const Qubit> controls, bool negative);
  void invert(std::size_t begin);
  /// Repeats the gates `times` times; closed forms for a single gate. Negative powers are those of the inverse.
  void power(std::size_t begin, std::int64_t times);
  /// The principal power: eigenvalues exp(it), -pi < t <= pi, become exp(i exponent t). Refuses all but a single gate
  /// whose angle is a number.
  [[nodiscard]] Result<void> power(std::size_t begin, double exponent);
  /// Gates that power() would leave.
  [[nodiscard]] std::size_t size_of_power(std::size_t begin, std::int64_t times) const;

 private:
  void repeat_one(std::size_t begin, std::int64_t times);

  std::vector<Gate> gates_;
};

}  // namespace bornite::qasm
