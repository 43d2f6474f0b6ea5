#pragma once
// Runs of X and CX as one renumbering of a tile's amplitudes.

#include "plan.hpp"

#include <span>

namespace bornite::statevector {

/// Whether the flips, applied in order on tiles of `window`, are a Permutation. Each has at most one control.
[[nodiscard]] bool is_permutation(std::span<const Primitive> flips, const Window& window, std::size_t lane_qubits);

/// Their map, where it is one.
[[nodiscard]] Permutation make_permutation(std::span<const Primitive> flips, const Window& window,
                                           std::size_t lane_qubits);

}  // namespace bornite::statevector
