#pragma once
// A parametric circuit: written once, evaluated at many rows of parameters.

#include "bornite/circuit/gate.hpp"

#include <cstdint>
#include <span>
#include <utility>
#include <vector>

namespace bornite {

/// The number of a list of gates, which copies of the list share: lists of the same number are equal, those of
/// different ones may be. So a copy is found again without comparing gate by gate.
class GateListNumber {
 public:
  GateListNumber() = default;
  GateListNumber(const GateListNumber&) = default;
  GateListNumber& operator=(const GateListNumber&) = default;
  GateListNumber(GateListNumber&& other) noexcept : number_(std::exchange(other.number_, none)) {}
  GateListNumber& operator=(GateListNumber&& other) noexcept {
    number_ = std::exchange(other.number_, none);
    return *this;
  }

  /// To be called when the list has changed.
  void renew();
  [[nodiscard]] bool same_as(const GateListNumber& other) const { return number_ != none && number_ == other.number_; }

 private:
  static constexpr std::uint64_t none = 0;
  std::uint64_t number_ = none;
};

/// Gates on `qubits()` qubits that all start in |0> and are all measured in the Z basis at the end. A value: copies
/// are independent. Broken preconditions (a qubit that does not exist, a qubit twice in one gate, the wrong number of
/// targets, an angle that is not finite) throw std::invalid_argument.
class Circuit {
 public:
  explicit Circuit(std::size_t qubits);
  /// The same as appending the gates one after the other.
  Circuit(std::size_t qubits, std::vector<Gate> gates);

  [[nodiscard]] std::size_t qubits() const { return qubits_; }
  /// Number of parameters: one more than the highest parameter index in use.
  [[nodiscard]] std::size_t parameters() const { return parameters_; }
  [[nodiscard]] std::span<const Gate> gates() const { return gates_; }

  Circuit& append(Gate gate);
  /// Appends all gates of `other`, which has at most as many qubits (else std::invalid_argument). Parameter numbers
  /// stay as they are, plus `parameter_offset`.
  Circuit& append(const Circuit& other, std::size_t parameter_offset = 0);

  Circuit& x(Qubit target) { return append({GateKind::x, {target}, {}, {}}); }
  Circuit& h(Qubit target) { return append({GateKind::h, {target}, {}, {}}); }
  Circuit& z(Qubit target) { return append({GateKind::z, {target}, {}, {}}); }
  Circuit& rx(Qubit target, Angle angle) { return append({GateKind::rx, {target}, {}, angle}); }
  Circuit& ry(Qubit target, Angle angle) { return append({GateKind::ry, {target}, {}, angle}); }
  Circuit& rz(Qubit target, Angle angle) { return append({GateKind::rz, {target}, {}, angle}); }
  Circuit& cx(Qubit control, Qubit target) { return append({GateKind::x, {target}, {control}, {}}); }
  Circuit& cz(Qubit control, Qubit target) { return append({GateKind::z, {target}, {control}, {}}); }
  Circuit& ccx(Qubit first, Qubit second, Qubit target) { return append({GateKind::x, {target}, {first, second}, {}}); }
  Circuit& swap(Qubit first, Qubit second) { return append({GateKind::swap, {first, second}, {}, {}}); }

  /// The circuit that undoes this one at the same parameters.
  [[nodiscard]] Circuit inverse() const;
  /// This circuit, done only where `control` is 1. The control must not occur in it; it may be a new qubit.
  [[nodiscard]] Circuit control(Qubit control) const;

  friend bool operator==(const Circuit& a, const Circuit& b) {
    return a.qubits_ == b.qubits_ && (a.number_.same_as(b.number_) || a.gates_ == b.gates_);
  }

 private:
  void admit(Gate& gate);

  std::size_t qubits_;
  std::size_t parameters_ = 0;
  std::vector<Gate> gates_;
  GateListNumber number_;
};

}  // namespace bornite
