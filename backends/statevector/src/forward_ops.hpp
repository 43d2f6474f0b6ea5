#pragma once
// The operations of a plan in fewer sweeps over a tile, where only one state is worked on and nothing is summed up.

#include "plan.hpp"

namespace bornite::statevector {

/// Fills in the plan's forward_ops from its ops, which are complete: rotations of block qubits four at a time where
/// that saves a sweep, those of block qubits that are still |0> without reading the zeros, and phases in the loop of
/// the renumbering that follows them.
void add_forward_ops(Plan& plan);

}  // namespace bornite::statevector
