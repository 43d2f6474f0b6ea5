#pragma once
// Sweeps over all amplitudes, probabilities or costs of a state.

#include "kernels.hpp"
#include "layout.hpp"
#include "workspace.hpp"

#include "bornite/util/parallel.hpp"

#include <cstddef>

namespace bornite::statevector {

/// States of so many qubits and more are worked on by several threads.
inline constexpr std::size_t parallel_qubits = 15;

/// Calls body(x, end) for pieces of the state that lie in one piece of memory.
template <typename Body>
void for_each_piece(const Layout& layout, const Body& body) {
  const std::size_t piece = std::size_t{1} << layout.tile;
  if (layout.qubits < parallel_qubits) {
    for (std::size_t x = 0; x != layout.amplitudes(); x += piece) body(x, x + piece);
  } else {
    parallel_blocks(layout.amplitudes(), piece, body);
  }
}

/// q[x] = |psi_x|^2 for all simulated qubits: 2^layout.qubits entries.
void square_state(const Kernels& kernels, const Workspace& workspace, double* q);

/// The workspace's probabilities. In complex64 they are divided by their sum, which is off by about 1e-7: in means over
/// them this would hide what the steps of an optimiser gain long before the other errors do.
void read_probabilities(const Kernels& kernels, Workspace& workspace);

/// Prepares the workspace's cost for the way back, and returns the unit that its entries are to be divided by. In
/// complex64 subtracts the mean over the probabilities, which changes no derivative but would be all that floats hold
/// of costs that lie close together; the unit is then a power of two near the largest magnitude, as their range is
/// small. If an entry is not finite, nothing changes.
[[nodiscard]] double prepare_cost(const Kernels& kernels, Workspace& workspace);

}  // namespace bornite::statevector
