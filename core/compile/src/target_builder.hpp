#pragma once
// What the readers of targets share.

#include <cstddef>
#include <limits>
#include <string_view>

#include "bornite/compile/target.hpp"

namespace bornite {

/// More than any device has; keeps a wrong number in a file from taking all memory, which grows with the square.
inline constexpr std::size_t most_target_qubits = 5'000;

inline constexpr double unbounded = std::numeric_limits<double>::max();

/// The gate of this kind, made if there is none yet.
inline TargetGate& gate_of(Target& target, NativeKind kind) {
  for (TargetGate& gate : target.gates)
    if (gate.kind == kind) return gate;
  return target.gates.emplace_back(TargetGate{kind});
}

/// Figures whose error a description may still give; settle_unknown() replaces those that stay so.
inline constexpr double unknown = -1;
inline constexpr GateFigures unknown_figures{.error = unknown};

/// Takes the largest error that is known of a gate, or of readout, where none is: what nobody has measured is no place
/// to prefer. 0 where none is known at all.
void settle_unknown(Target& target);

/// Enters how well a gate works; an error of 1 means that it is down.
inline void set_error(GateFigures& figures, double error) {
  figures.error = error;
  if (error >= 1) figures.up = false;
}

}  // namespace bornite
