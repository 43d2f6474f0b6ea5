#pragma once
// Runs of X and CX as one renumbering of a tile's amplitudes.

#include "plan.hpp"

#include <span>

namespace bornite::statevector {

/// Whether the flips, applied in order on tiles of `window`, are a Permutation. Each has at most one control.
[[nodiscard]] bool is_permutation(std::span<const Primitive> flips, const Window& window, std::size_t lane_qubits);

/// Their map of the first `blocks` of a tile, which are all that they reach, where it is one.
[[nodiscard]] Permutation make_permutation(std::span<const Primitive> flips, const Window& window,
                                           std::size_t lane_qubits, std::size_t blocks);

}  // namespace bornite::statevector
