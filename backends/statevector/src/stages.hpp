#pragma once
// Which primitives of a pass come before its last qubits are woken.

#include "groups.hpp"

#include <vector>

namespace bornite::statevector {

/// The groups of a pass before which `zero` are the qubits that are still |0>. If those are the highest of the window,
/// what does not need the very highest of them comes first: it takes a fraction of the tile. So do parts of later
/// layers, as far as they lie in the light cone of the lower qubits. Of several ways to cut, the one with the least
/// work is taken.
[[nodiscard]] std::vector<Group> stage_groups(const ScheduledPass& pass, QubitSet zero, const Layout& layout,
                                              std::size_t table_low);

}  // namespace bornite::statevector
