#include "stages.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <utility>

namespace bornite::statevector {
namespace {

/// Times of operations there and back, in nanoseconds: of a call,
constexpr double call_time = 30;
/// and of a block of its sweep.
double block_time(const Group& group) {
  switch (group.kind) {
    case TileOp::Kind::rotate_blocks:
    case TileOp::Kind::rotate_lanes:
    case TileOp::Kind::rotate_both: return 1.3 + 0.95 * static_cast<double>(group.primitives.size());
    case TileOp::Kind::phase_table: return 3.5;
    case TileOp::Kind::permute: return 3;
    default: return 1.5;
  }
}

/// Of longer passes the part that can come first is small.
constexpr std::size_t most_primitives = 1024;
constexpr std::size_t most_stages = 4;
/// Bits that are woken at once.
constexpr std::size_t most_woken = 5;

/// Bits of the tile's index that have been used once all primitives of the group have been applied.
std::size_t used_bits(const Window& window, QubitSet zero) {
  return static_cast<std::size_t>(std::bit_width(window.local_set(~zero)));
}

QubitSet changed(const Group& group) {
  QubitSet result = 0;
  for (const Primitive& primitive : group.primitives) result |= primitive.changes();
  return result;
}

double cost(const std::vector<Group>& groups, const Window& window, QubitSet zero, std::size_t lane_qubits) {
  double result = 0;
  for (const Group& group : groups) {
    zero &= ~changed(group);
    const auto bits = static_cast<int>(std::max(used_bits(window, zero), lane_qubits) - lane_qubits);
    result += static_cast<double>(group.operations()) * (call_time + std::ldexp(block_time(group), bits));
  }
  return result;
}

/// Takes what needs only the first `bits` of the tile's index, and what lies outside it, out of `primitives`.
std::vector<Primitive> take_stage(std::vector<Primitive>& primitives, const Window& window, std::size_t bits) {
  std::vector<Primitive> taken;
  std::vector<Primitive> rest;
  split(
      primitives, [&](const Primitive& p) { return window.local_set(p.changes() | p.ones) >> bits == 0; },
      [&](const Primitive& p) { taken.push_back(p); }, [&](const Primitive& p) { rest.push_back(p); });
  primitives = std::move(rest);
  return taken;
}

}  // namespace

std::vector<Group> stage_groups(const ScheduledPass& pass, QubitSet zero, const Layout& layout, std::size_t table_low) {
  std::vector<Group> best = group_primitives(pass, layout, table_low);
  if (pass.primitives.size() > most_primitives) return best;
  const std::size_t bits = pass.window.size();
  const std::size_t used = std::max(used_bits(pass.window, zero), layout.lane_qubits);
  double least = cost(best, pass.window, zero, layout.lane_qubits);
  for (std::size_t woken = 1; woken <= most_woken; ++woken) {
    for (std::size_t stages = 1; stages < most_stages && used + woken * stages < bits; ++stages) {
      ScheduledPass rest = pass;
      std::vector<Group> groups;
      for (std::size_t stage = stages + 1; stage-- != 0;) {
        const ScheduledPass part{pass.window, take_stage(rest.primitives, pass.window, bits - stage * woken)};
        for (Group& group : group_primitives(part, layout, table_low)) groups.push_back(std::move(group));
      }
      const double its = cost(groups, pass.window, zero, layout.lane_qubits);
      if (its >= least) continue;
      least = its;
      best = std::move(groups);
    }
  }
  return best;
}

}  // namespace bornite::statevector
