#pragma once
// How a renumbering is done in place.

#include "plan.hpp"

namespace bornite::statevector {

/// The cycles of a map, of all blocks of the tile; none if there is no unit whose lanes move alike everywhere, or if
/// the map depends on qubits outside the tile.
[[nodiscard]] Permutation::Cycles make_cycles(const Permutation& map, std::size_t lane_qubits);

}  // namespace bornite::statevector
