#pragma once
// Gathers the primitives of a pass into groups that one tile operation does together.

#include "plan.hpp"
#include "schedule.hpp"

#include <vector>

namespace bornite::statevector {

struct Group {
  TileOp::Kind kind;
  std::vector<Primitive> primitives;
  Footprint footprint;
};

/// Groups in order of execution, with the same effect as the pass. `table_low`: bits of the first factor of a phase
/// table.
[[nodiscard]] std::vector<Group> group_primitives(const ScheduledPass& pass, const Layout& layout,
                                                  std::size_t table_low);

}  // namespace bornite::statevector
