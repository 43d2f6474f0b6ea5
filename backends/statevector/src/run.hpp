#pragma once
// Runs a plan over a state, forwards, and backwards over a state and its adjoint.

#include "kernels.hpp"
#include "plan.hpp"
#include "workspace.hpp"

#include <optional>
#include <span>
#include <vector>

namespace bornite::statevector {

/// Allocates what a run of the plan needs: with `adjoint`, lambda and the sums as well. Throws std::bad_alloc.
void prepare(const Plan& plan, Workspace& workspace, bool adjoint);

/// Sets psi to the plan's final state at the bound angles.
void run_forward(const Plan& plan, const Kernels& kernels, Workspace& workspace);
/// q[x] = |psi_x|^2 of that state, for all simulated qubits: 2^layout.qubits entries.
void read_probabilities(const Kernels& kernels, const Workspace& workspace, double* q);
/// Both at once without the state; q begins with a cache line. Leaves psi undefined.
void run_probabilities(const Plan& plan, const Kernels& kernels, Workspace& workspace, double* q);

/// Takes the final state psi and lambda = cost .* psi back from the end as far as parameters occur, and adds to out[k]
/// the derivative of sum cost |psi|^2 with respect to parameter k. `cost` has 2^layout.qubits entries and begins with a
/// cache line. Leaves psi undefined. False if an entry of `cost` is not finite; what it added to `out` is then
/// undefined.
[[nodiscard]] bool run_backward(const Plan& plan, const Kernels& kernels, Workspace& workspace, const double* cost,
                                std::span<double> out);

/// States of so many qubits and more are worked on by several threads.
inline constexpr std::size_t parallel_qubits = 15;

}  // namespace bornite::statevector
