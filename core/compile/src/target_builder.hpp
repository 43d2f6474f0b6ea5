#pragma once
// What the readers of targets share.

#include <cstddef>
#include <limits>
#include <string_view>

#include "bornite/compile/target.hpp"

namespace bornite {

/// More than any device has; keeps a wrong number in a file from taking all memory.
inline constexpr std::size_t most_target_qubits = 1'000'000;

inline constexpr double unbounded = std::numeric_limits<double>::max();

/// The gate of this kind, made if there is none yet.
inline TargetGate& gate_of(Target& target, NativeKind kind) {
  for (TargetGate& gate : target.gates)
    if (gate.kind == kind) return gate;
  return target.gates.emplace_back(TargetGate{kind});
}

/// Enters how well a gate works; an error of 1 means that it is down.
inline void set_error(GateFigures& figures, double error) {
  figures.error = error;
  if (error >= 1) figures.up = false;
}

}  // namespace bornite
