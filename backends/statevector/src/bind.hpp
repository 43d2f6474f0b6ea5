#pragma once
// A plan at given angles.

#include "kernels.hpp"
#include "plan.hpp"

#include <span>

namespace bornite::statevector {

/// Writes all that the plan's operations need to know about the angles, with `adjoint` also the factors of the
/// derivatives. False if an angle is not finite.
///
/// Rotations are bound in tangent form where that is safe: 1 and tan instead of cos and sin, half the work. The state
/// is then too large by the product of 1 / cos, until the next phase table takes that back; what follows the last table
/// is made up for in the initial state, and on the way back in lambda (see tail_scale).
[[nodiscard]] bool bind(const Plan& plan, const Kernels& kernels, std::span<const double> theta, bool adjoint,
                        double* bound);

/// The first amplitude of the initial state at the bound angles; lambda = tail_scale^2 g psi makes a run backwards
/// right.
[[nodiscard]] inline double tail_scale(const Plan& plan, const double* bound) { return bound[plan.scale_at]; }

}  // namespace bornite::statevector
