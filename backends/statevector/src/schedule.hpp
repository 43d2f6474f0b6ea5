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
/// has to wait. Controls may lie anywhere. Three ways to choose windows are tried: the neighbouring rows in which most
/// work can be done at once, those that begin with the lowest qubit left, and any rows in the order in which they are
/// wanted. The schedule that moves least memory wins.
[[nodiscard]] std::vector<ScheduledPass> schedule(const std::vector<Primitive>& primitives, const Layout& layout);

/// What the passes take: operations on all amplitudes, with those that fetch and put back.
[[nodiscard]] double sweeps(const std::vector<ScheduledPass>& passes, const Layout& layout);

}  // namespace bornite::statevector
