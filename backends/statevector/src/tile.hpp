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

/// `base`: the amplitude index at which the tile begins.
void forward_tile(const BoundPlan& run, const Pass& pass, std::size_t base, Block* psi);

/// The same, and writes |psi|^2 of the tile's amplitudes to q, which has those of the whole state; psi is put back only
/// to be kept, otherwise it is left undefined.
void measure_tile(const BoundPlan& run, const Pass& pass, std::size_t base, Block* psi, double* q, bool keep);

/// The inverse on both states, given whole; adds to sums[i] what the derivative of term i needs. If it is the `last` to
/// be taken back, the states are left undefined.
void backward_tile(const BoundPlan& run, const Pass& pass, std::size_t base, TilePair states, bool last, double* sums);

}  // namespace bornite::statevector
