#include "schedule.hpp"

#include <utility>

namespace bornite::statevector {
namespace {

bool fits(const Primitive& primitive, QubitSet members) {
  if (primitive.kind == Primitive::Kind::phase) return primitive.ones == 0 || (primitive.ones & members) != 0;
  return (primitive.changes() & ~members) == 0;
}

/// Calls take(p) or leave(p) for each primitive in order.
template <typename Take, typename Leave>
void split(const std::vector<Primitive>& primitives, QubitSet members, Take take, Leave leave) {
  Footprint waiting;
  for (const Primitive& primitive : primitives) {
    if (fits(primitive, members) && waiting.commutes_with(primitive)) {
      take(primitive);
    } else {
      waiting.add(primitive);
      leave(primitive);
    }
  }
}

std::size_t work(const Primitive& primitive) { return primitive.kind == Primitive::Kind::rotation ? 2 : 1; }

Window best_window(const std::vector<Primitive>& primitives, const Layout& layout) {
  const std::size_t rows = layout.tile - layout.columns;
  Window best{layout.columns, rows, layout.columns};
  std::size_t most = 0;
  for (std::size_t first = layout.columns; first + rows <= layout.qubits; ++first) {
    const Window window{layout.columns, rows, first};
    std::size_t done = 0;
    split(
        primitives, window.members(), [&](const Primitive& p) { done += work(p); }, [](const Primitive&) {});
    if (done > most) {
      most = done;
      best = window;
    }
  }
  return best;
}

}  // namespace

std::vector<ScheduledPass> schedule(std::vector<Primitive> primitives, const Layout& layout) {
  std::vector<ScheduledPass> passes;
  while (!primitives.empty()) {
    ScheduledPass pass{best_window(primitives, layout), {}};
    std::vector<Primitive> rest;
    split(
        primitives, pass.window.members(), [&](const Primitive& p) { pass.primitives.push_back(p); },
        [&](const Primitive& p) { rest.push_back(p); });
    passes.push_back(std::move(pass));
    primitives = std::move(rest);
  }
  return passes;
}

}  // namespace bornite::statevector
