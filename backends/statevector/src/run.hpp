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
/// Sets q[x] to |psi_x|^2 for all simulated qubits: 2^layout.qubits entries, which begin with a cache line. Leaves psi
/// undefined if it is not to be kept.
void run_probabilities(const Plan& plan, const Kernels& kernels, Workspace& workspace, double* q, bool keep_state);

/// Takes psi and lambda back from the end as far as parameters occur, and adds to out[k] the derivative of
/// sum g |psi|^2 with respect to parameter k, where lambda is what weigh_state() makes of g, and `unit` its result.
/// Leaves psi and lambda undefined.
void run_backward(const Plan& plan, const Kernels& kernels, Workspace& workspace, double unit, std::span<double> out);

/// States of so many qubits and more are worked on by several threads.
inline constexpr std::size_t parallel_qubits = 15;

/// lambda = cost / unit .* psi, up to what the plan's scaling asks for (see bind.hpp); `cost` as long as above. The
/// unit is a power of two near the largest cost in complex64, whose range is small, else 1. Nothing if an entry of
/// `cost` is not finite.
[[nodiscard]] std::optional<double> weigh_state(const Plan& plan, const Kernels& kernels, Workspace& workspace,
                                                const double* cost);

}  // namespace bornite::statevector
