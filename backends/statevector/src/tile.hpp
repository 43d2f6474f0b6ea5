#pragma once
// One pass on one tile: fetch it, apply the operations, put it back.

#include "kernels.hpp"
#include "plan.hpp"

namespace bornite::statevector {

/// A plan at given angles.
struct BoundPlan {
  const Plan& plan;
  const Kernels& kernels;
  const double* bound;  ///< what bind() wrote
};

/// On tile t of the pass; asks the memory for the one after it.
void forward_tile(const BoundPlan& run, const Pass& pass, std::size_t t, Block* psi);

/// The same, but instead of putting the tile back writes |psi|^2 of its amplitudes to q, which has those of the whole
/// state. Leaves the tile of psi undefined.
void measure_tile(const BoundPlan& run, const Pass& pass, std::size_t t, Block* psi, double* q);

/// What is special about a pass on the way back.
struct BackwardEnds {
  const Weights* weights;  ///< the first that is taken back, which makes lambda of them; else null
  bool last;               ///< nothing is taken back after it: it leaves the states undefined
};

/// The inverse on both states, given whole; adds to sums[i] what the derivative of term i needs. False if a cost is not
/// finite; the states are then undefined.
[[nodiscard]] bool backward_tile(const BoundPlan& run, const Pass& pass, std::size_t t, TilePair states,
                                 BackwardEnds ends, double* sums);

}  // namespace bornite::statevector
