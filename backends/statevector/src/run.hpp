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
/// Sets q to the probabilities of that state, for all simulated qubits: 2^layout.qubits entries, the first of which
/// begins a cache line. Leaves psi undefined.
void run_probabilities(const Plan& plan, const Kernels& kernels, Workspace& workspace, double* q);

/// Takes the final state psi and lambda = cost .* psi back from the end as far as parameters occur, and adds to out[k]
/// the derivative of sum cost |psi|^2 with respect to parameter k. The cost, 2^layout.qubits entries, and the
/// probabilities are the workspace's. Leaves psi and, in complex64, the cost undefined. False if an entry of the cost
/// is not finite: it is then as it was, and what was added to `out` is undefined.
[[nodiscard]] bool run_backward(const Plan& plan, const Kernels& kernels, Workspace& workspace, std::span<double> out);

}  // namespace bornite::statevector
