#pragma once
// What a device can do, and how well.

#include "bornite/circuit/native_circuit.hpp"

#include <array>
#include <limits>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace bornite {

/// Angles that a gate takes, in radians.
struct AngleRange {
  double least = -std::numeric_limits<double>::infinity();
  double most = std::numeric_limits<double>::infinity();

  [[nodiscard]] bool is_unlimited() const;
  /// Without room for rounding: a provider refuses what lies outside by one bit.
  [[nodiscard]] bool contains(double angle) const;
  friend bool operator==(const AngleRange&, const AngleRange&) = default;
};

/// How well a gate works at one place.
struct GateFigures {
  double error = 0;     ///< probability in [0, 1] that it goes wrong
  double duration = 0;  ///< seconds
  bool up = true;
  friend bool operator==(const GateFigures&, const GateFigures&) = default;
};

/// One or two qubits, in the order that a gate takes them; the second is the first where there is one.
using Place = std::array<Qubit, 2>;

/// A gate that the device carries out.
struct TargetGate {
  NativeKind kind;
  std::array<AngleRange, 3> ranges{};  ///< of the first angle_count(kind) angles
  /// Whether it works on every qubit or pair; then `typical` holds wherever `places` says nothing.
  bool everywhere = false;
  GateFigures typical{};
  std::map<Place, GateFigures> places{};
};

/// How well a qubit works. Times in seconds; none if unknown.
struct QubitFigures {
  bool up = true;
  double one_given_zero = 0;  ///< probability of reading 1 after preparing 0
  double zero_given_one = 0;  ///< probability of reading 0 after preparing 1
  std::optional<double> t1{};
  std::optional<double> t2{};

  /// The mean of both ways to misread.
  [[nodiscard]] double readout_error() const { return (one_given_zero + zero_given_one) / 2; }
};

/// A device, or an idea of one. A value. `qubits` holds one entry per qubit, and the gates one per kind.
struct Target {
  std::string name;
  std::vector<QubitFigures> qubits;
  std::vector<TargetGate> gates;

  [[nodiscard]] const TargetGate* find(NativeKind kind) const;
  /// How well the gate works on these qubits, in this order; none if it is not to be had there: no such gate, no such
  /// coupling, or one that is down. Gates that are the same both ways round (cz, rzz, rxx, ms) are also found the other
  /// way.
  [[nodiscard]] std::optional<GateFigures> figures(NativeKind kind, Qubit first, Qubit second) const;
  [[nodiscard]] std::optional<GateFigures> figures(NativeKind kind, Qubit qubit) const;
};

/// Whether exchanging the qubits (and their angles) of the gate changes nothing.
[[nodiscard]] bool is_symmetric(NativeKind kind);

}  // namespace bornite
