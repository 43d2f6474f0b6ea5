#pragma once
// What the faults of one shot do to its outcome.
//
// A fault acts on the qubits that gates carry it to, its light cone, and on nothing else: the state is V psi, psi being
// the state without faults and V an operator on the cone, V = W' W^-1 with W the gates of the cone and W' the same with
// the faults between them. So the outcome of all other qubits can be kept from a shot of psi, and those of the cone are
// measured again, in V psi given the others: 2^cone amplitudes, not 2^N.
//
// Pauli operators are moved on behind the gates as far as they stay such: CX and its like turn them into others,
// rotations with which they do not commute into their inverses. What comes out at the end flips bits of the outcome,
// and the cone begins where the first gate is no longer the same.

#include "bound_gate.hpp"
#include "pauli.hpp"

#include <span>
#include <vector>

namespace bornite::noisy {

/// One operation of W'.
struct Step {
  enum class Kind : std::uint8_t { gate, inverse_gate, pauli, relaxation };
  Kind kind;
  std::size_t number = 0;  ///< of the gate, or of the place
  Pauli pauli{};
};

struct Trajectory {
  QubitSet cone = 0;
  std::vector<Step> steps{};  ///< W'; its gates are those of W
  QubitSet flips = 0;         ///< of the outcome, at the end
};

/// Works out what the faults at these places, in ascending order, do. Pauli operators are drawn from the stream.
class TrajectoryBuilder {
 public:
  explicit TrajectoryBuilder(const NoiseProgram& program);

  /// Overwrites `trajectory`.
  void build(std::span<const std::size_t> places, RandomStream& random, Trajectory& trajectory) const;

 private:
  struct State;
  void add_fault(std::size_t place, RandomStream& random, State& state) const;
  void add_gate(std::size_t gate, State& state) const;

  const NoiseProgram& program_;
  std::vector<QubitSet> gate_qubits_;
};

}  // namespace bornite::noisy
