#pragma once
// Gathers the primitives of a pass into groups that one tile operation does together.

#include "plan.hpp"
#include "schedule.hpp"

#include <vector>

namespace bornite::statevector {

/// A `flip` is one with several controls, or a run of few others that would make a `permute`.
struct Group {
  TileOp::Kind kind;
  std::vector<Primitive> primitives;
  Footprint footprint;

  /// Of the tile, on the way back.
  [[nodiscard]] std::size_t operations() const { return kind == TileOp::Kind::flip ? primitives.size() : 1; }
};

/// Groups in order of execution, with the same effect as the pass. `table_low`: bits of the first factor of a phase
/// table.
[[nodiscard]] std::vector<Group> group_primitives(const ScheduledPass& pass, const Layout& layout,
                                                  std::size_t table_low);

}  // namespace bornite::statevector
