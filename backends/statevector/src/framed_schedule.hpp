#pragma once
// Orders primitives into passes with X and CX as changes of the frame (see framed.hpp).

#include "schedule.hpp"

#include <optional>

namespace bornite::statevector {

/// Which of the neighbouring rows a pass takes.
enum class WindowChoice {
  fullest,  ///< those in which most work can be done
  lowest,   ///< those that begin with the lowest bit that is left to flip
  highest,  ///< those that end with the highest one
};

struct FramedPolicy {
  WindowChoice windows;
  bool leave_rests;  ///< whether a pass leaves its last rotations to the next one if they are too few for a sweep
};

/// A pass does what it can do in its window, whatever X and CX still wait, and only those renumberings that this needs;
/// the last ones put the output in its place. None if a primitive mixes more bits than fit into neighbouring rows, and
/// for circuits of so many primitives that the search would take long.
[[nodiscard]] std::optional<std::vector<ScheduledPass>> schedule_framed(const std::vector<Primitive>& primitives,
                                                                        const Layout& layout, FramedPolicy policy);

}  // namespace bornite::statevector
