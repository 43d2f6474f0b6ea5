#pragma once
// Every gate in terms of three primitives: a controlled Ry, a controlled X, a phase on the states with given ones.

#include "bornite/circuit/circuit.hpp"

#include <cstdint>
#include <vector>

namespace bornite::statevector {

/// A set of qubits, bit i for qubit i.
using QubitSet = std::uint64_t;

[[nodiscard]] constexpr QubitSet qubit_set(std::size_t qubit) { return QubitSet{1} << qubit; }

struct Primitive {
  enum class Kind : std::uint8_t {
    rotation,  ///< Ry(angle) on `target` where all of `ones` are 1
    flip,      ///< X on `target` where all of `ones` are 1
    phase,     ///< e^{i angle} where all of `ones` are 1; no target
  };

  Kind kind;
  Qubit target;
  QubitSet ones;
  Angle angle;

  /// The qubits in whose basis the primitive is not diagonal.
  [[nodiscard]] QubitSet changes() const { return kind == Kind::phase ? 0 : qubit_set(target); }
};

/// What a set of primitives does to each qubit; two that share qubits only where both are diagonal commute.
struct Footprint {
  QubitSet changes = 0;
  QubitSet reads = 0;

  void add(const Primitive& primitive) {
    changes |= primitive.changes();
    reads |= primitive.ones;
  }
  [[nodiscard]] bool commutes_with(const Primitive& primitive) const {
    return (changes & (primitive.changes() | primitive.ones)) == 0 && (reads & primitive.changes()) == 0;
  }
};

/// Calls take(p) for each primitive that fits(p) and commutes with all that was left before it, and leave(p) for the
/// others, in order: so those that are taken may run first.
template <typename Fits, typename Take, typename Leave>
void split(const std::vector<Primitive>& primitives, const Fits& fits, const Take& take, const Leave& leave) {
  Footprint left;
  for (const Primitive& primitive : primitives) {
    if (fits(primitive) && left.commutes_with(primitive)) {
      take(primitive);
    } else {
      left.add(primitive);
      leave(primitive);
    }
  }
}

/// What is asked of the final state.
enum class Readout {
  amplitudes,     ///< everything
  probabilities,  ///< only |amplitude|^2: phases that reach the measurement untouched may go
};

/// The circuit, which starts in |0...0>, as primitives. Those without effect are left out: controlled by a qubit that
/// is still |0>, or phases that `readout` does not see. Their derivatives vanish identically.
[[nodiscard]] std::vector<Primitive> lower(const Circuit& circuit, Readout readout);

}  // namespace bornite::statevector
