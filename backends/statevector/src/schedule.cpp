#include "schedule.hpp"

#include "framed_schedule.hpp"
#include "groups.hpp"

#include <bit>
#include <cmath>
#include <utility>

namespace bornite::statevector {
namespace {

bool fits(const Primitive& primitive, QubitSet members) {
  if (primitive.kind == Primitive::Kind::phase) return primitive.ones == 0 || (primitive.ones & members) != 0;
  return (primitive.changes() & ~members) == 0;
}

/// By whether they can run in a window.
template <typename Take, typename Leave>
void split(const std::vector<Primitive>& primitives, QubitSet members, const Take& take, const Leave& leave) {
  split(
      primitives, [members](const Primitive& p) { return fits(p, members); }, take, leave);
}

std::size_t work(const Primitive& primitive) { return primitive.kind == Primitive::Kind::rotation ? 2 : 1; }

std::size_t rows_of(const Layout& layout) { return layout.tile - layout.columns; }

/// Neighbouring rows.
Window window_from(std::size_t first, const Layout& layout) {
  return {layout.columns, (qubit_set(rows_of(layout)) - 1) << first};
}

/// The window in which most can be done at once.
Window fullest_window(const std::vector<Primitive>& primitives, const Layout& layout) {
  Window best = window_from(layout.columns, layout);
  std::size_t most = 0;
  for (std::size_t first = layout.columns; first + rows_of(layout) <= layout.qubits; ++first) {
    const Window window = window_from(first, layout);
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

/// The window that begins with the lowest qubit left to do, so that none is left behind by windows further up. If
/// nothing can be done there, the fullest one.
Window lowest_window(const std::vector<Primitive>& primitives, const Layout& layout) {
  QubitSet targets = 0;
  for (const Primitive& p : primitives) targets |= p.changes();
  targets &= ~(qubit_set(layout.columns) - 1);
  if (targets == 0) return fullest_window(primitives, layout);
  const auto lowest = static_cast<std::size_t>(std::countr_zero(targets));
  const Window window = window_from(std::min(lowest, layout.qubits - rows_of(layout)), layout);
  bool any = false;
  split(
      primitives, window.members(), [&](const Primitive&) { any = true; }, [](const Primitive&) {});
  return any ? window : fullest_window(primitives, layout);
}

/// The rows that the first primitives want, as long as there is room; those that find none wait.
Window wanted_window(const std::vector<Primitive>& primitives, const Layout& layout) {
  Window window{layout.columns, 0};
  Footprint waiting;
  for (const Primitive& primitive : primitives) {
    const QubitSet wanted = primitive.changes() != 0 ? primitive.changes() : primitive.ones & -primitive.ones;
    const QubitSet more = fits(primitive, window.members()) ? 0 : wanted;
    if ((more == 0 || window.size() < layout.tile) && waiting.commutes_with(primitive))
      window.rows |= more;
    else
      waiting.add(primitive);
  }
  for (std::size_t qubit = layout.columns; window.size() < layout.tile; ++qubit) window.rows |= qubit_set(qubit);
  return window;
}

using Policy = Window(const std::vector<Primitive>& primitives, const Layout& layout);

std::vector<ScheduledPass> schedule_by(Policy* choose, std::vector<Primitive> primitives, const Layout& layout) {
  std::vector<ScheduledPass> passes;
  while (!primitives.empty()) {
    ScheduledPass pass{choose(primitives, layout), {}};
    std::vector<Primitive> rest;
    split(
        primitives, pass.window.members(), [&](const Primitive& p) { pass.primitives.push_back(p); },
        [&](const Primitive& p) { rest.push_back(p); });
    passes.push_back(std::move(pass));
    primitives = std::move(rest);
  }
  return passes;
}

}  // namespace

double sweeps(const std::vector<ScheduledPass>& passes, const Layout& layout) {
  QubitSet touched = 0;
  double result = 0.0;
  for (const ScheduledPass& pass : passes) {
    std::size_t operations = 2;
    for (const Group& group : group_primitives(pass, layout, std::min(table_columns, layout.tile)))
      operations += group.operations();
    result += std::ldexp(static_cast<double>(operations), std::popcount(touched | pass.window.members()));
    for (const Primitive& primitive : pass.primitives) touched |= primitive.changes();
  }
  return result;
}

std::vector<ScheduledPass> schedule(const std::vector<Primitive>& primitives, const Layout& layout) {
  std::vector<ScheduledPass> best = schedule_by(fullest_window, primitives, layout);
  if (best.size() < 3) return best;
  double least = sweeps(best, layout);
  const auto compare = [&](std::vector<ScheduledPass> other) {
    const double its = sweeps(other, layout);
    if (its >= least) return;
    least = its;
    best = std::move(other);
  };
  for (Policy* const policy : {lowest_window, wanted_window}) compare(schedule_by(policy, primitives, layout));
  for (const WindowChoice windows : {WindowChoice::fullest, WindowChoice::lowest, WindowChoice::highest})
    for (const bool leave_rests : {false, true})
      if (auto other = schedule_framed(primitives, layout, {windows, leave_rests})) compare(*std::move(other));
  return best;
}

}  // namespace bornite::statevector
