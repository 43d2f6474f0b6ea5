#pragma once
// A circuit in which single gates can be replaced by their inverses without a new circuit.

#include "bornite/circuit/circuit.hpp"

#include <span>
#include <vector>

namespace bornite::noisy {

/// The same gates, each that has an angle with a parameter of its own, the angle. So an engine that has compiled it
/// once runs it with any rotations and phases on single qubits turned round.
class TurnableCircuit {
 public:
  explicit TurnableCircuit(const Circuit& circuit);

  [[nodiscard]] const Circuit& circuit() const { return circuit_; }
  /// The parameters at which it is the original.
  [[nodiscard]] std::vector<double> angles(std::span<const double> theta) const;
  /// Replaces a gate, a rotation or phase without controls, by its inverse.
  void turn(std::size_t gate, std::vector<double>& angles) const;

 private:
  Circuit circuit_;
  std::vector<Angle> angles_;              // of each parameter, in those of the original
  std::vector<std::size_t> parameter_of_;  // of each gate, if it has one
};

}  // namespace bornite::noisy
