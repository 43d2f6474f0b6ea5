#pragma once
// One pass on one tile: fetch it, apply the operations, put it back.

#include "plan.hpp"

namespace bornite::statevector {

/// The states that an adjoint run takes back.
struct StatePair {
  double* psi;
  double* lambda;
};

/// `base`: the amplitude index at which the tile begins. `bound`: what bind() wrote.
void forward_tile(const Plan& plan, const Pass& pass, const double* bound, std::size_t base, double* psi);

/// The inverse on both states; adds to sums[i] what the derivative of term i needs.
void backward_tile(const Plan& plan, const Pass& pass, const double* bound, std::size_t base, StatePair states,
                   double* sums);

}  // namespace bornite::statevector
