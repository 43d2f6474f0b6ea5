#pragma once
// Orders primitives into passes over memory, as few as a greedy choice finds.

#include "layout.hpp"
#include "primitive.hpp"

#include <vector>

namespace bornite::statevector {

/// Primitives whose targets all lie in one window, in an order that has the same effect as the circuit's.
struct ScheduledPass {
  Window window;
  std::vector<Primitive> primitives;
};

/// In a pass, a primitive can run as soon as its target is in the window and it commutes with everything before it that
/// has to wait. Controls may lie anywhere. Two ways to choose windows are tried, the one in which most work can be done
/// at once and the one that begins with the lowest qubit left; the schedule that moves less memory wins.
[[nodiscard]] std::vector<ScheduledPass> schedule(const std::vector<Primitive>& primitives, const Layout& layout);

}  // namespace bornite::statevector
