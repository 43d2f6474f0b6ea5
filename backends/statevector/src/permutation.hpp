#pragma once
// Runs of X and CX as one renumbering of a tile's amplitudes.

#include "plan.hpp"

#include <span>

namespace bornite::statevector {

/// The map of `flips`, applied in order, on tiles of `window`; each has at most one control, and none has a control
/// inside a block with a target outside.
[[nodiscard]] Permutation make_permutation(std::span<const Primitive> flips, const Window& window);

/// The map of `flips`, each with one control inside a block and a target outside.
[[nodiscard]] Shear make_shear(std::span<const Primitive> flips, const Window& window);

}  // namespace bornite::statevector
