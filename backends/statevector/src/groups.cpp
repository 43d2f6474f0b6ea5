#include "groups.hpp"

#include "permutation.hpp"

#include <algorithm>
#include <bit>
#include <iterator>
#include <span>
#include <utility>

namespace bornite::statevector {
namespace {

using Kind = TileOp::Kind;
constexpr std::size_t most_block_rotations = 3;

/// Below this a sweep over the whole tile costs more than the flips one by one.
constexpr std::size_t least_permuted = 3;

class Grouping {
 public:
  Grouping(const Window& window, std::size_t lane_qubits, std::size_t table_low)
      : window_(window), lane_qubits_(lane_qubits), table_low_(table_low) {}

  void add(const Primitive& primitive) {
    const Kind kind = kind_of(primitive);
    for (auto place = groups_.rbegin(); place != groups_.rend(); ++place) {
      Group& group = *place;
      if (group.kind == kind && has_room(group, primitive)) {
        group.primitives.push_back(primitive);
        group.footprint.add(primitive);
        return;
      }
      if (!group.footprint.commutes_with(primitive)) break;
    }
    groups_.push_back({kind, {primitive}, {}});
    groups_.back().footprint.add(primitive);
  }

  /// Takes small groups apart where single operations are cheaper, and joins rotations inside and of blocks.
  std::vector<Group> finish() && {
    std::vector<Group> result;
    for (Group& group : groups_) {
      const std::size_t size = group.primitives.size();
      if (group.kind == Kind::permute) {
        add_flips(group.primitives, result);
      } else if (group.kind == Kind::phase_table && size == 1) {
        result.push_back({Kind::phase_masked, group.primitives, {}});
      } else if (!result.empty() && group.kind == Kind::rotate_blocks && result.back().kind == Kind::rotate_lanes) {
        result.back().kind = Kind::rotate_both;
        std::ranges::copy(group.primitives, std::back_inserter(result.back().primitives));
      } else {
        result.push_back(std::move(group));
      }
    }
    return result;
  }

 private:
  [[nodiscard]] Kind kind_of(const Primitive& primitive) const {
    switch (primitive.kind) {
      case Primitive::Kind::rotation:
        if (primitive.ones != 0) return Kind::rotate_controlled;
        return in_lanes(primitive.target) ? Kind::rotate_lanes : Kind::rotate_blocks;
      case Primitive::Kind::flip: return std::popcount(primitive.ones) > 1 ? Kind::flip : Kind::permute;
      case Primitive::Kind::phase: return fits_table(primitive) ? Kind::phase_table : Kind::phase_masked;
    }
    return Kind::phase_masked;
  }

  [[nodiscard]] bool in_lanes(std::size_t qubit) const { return window_.local(qubit) < lane_qubits_; }

  [[nodiscard]] bool fits_table(const Primitive& phase) const {
    if ((phase.ones & ~window_.members()) != 0) return false;
    const QubitSet ones = window_.local_set(phase.ones);
    const QubitSet low = qubit_set(table_low_) - 1;
    return (ones & ~low) == 0 || (ones & low) == 0;
  }

  /// As few renumberings as there are, each as many flips as make one; where they are few, flips.
  void add_flips(std::span<const Primitive> flips, std::vector<Group>& result) const {
    while (!flips.empty()) {
      std::size_t size = flips.size();
      while (!is_permutation(flips.first(size), window_, lane_qubits_)) --size;
      const Kind kind = size < least_permuted ? Kind::flip : Kind::permute;
      result.push_back({kind, {flips.begin(), flips.begin() + static_cast<std::ptrdiff_t>(size)}, {}});
      flips = flips.subspan(size);
    }
  }

  [[nodiscard]] static bool has_room(const Group& group, const Primitive& primitive) {
    switch (group.kind) {
      case Kind::rotate_blocks:
      case Kind::rotate_lanes:
        return (group.kind == Kind::rotate_lanes || group.primitives.size() < most_block_rotations) &&
               (group.footprint.changes & primitive.changes()) == 0;
      case Kind::permute:
      case Kind::phase_table: return true;
      default: return false;
    }
  }

  Window window_;
  std::size_t lane_qubits_;
  std::size_t table_low_;
  std::vector<Group> groups_;
};

/// Which primitives run first of those that can. The kinds in turn, so that equal ones of different qubits meet.
std::size_t rank(const Primitive& primitive) {
  switch (primitive.kind) {
    case Primitive::Kind::rotation: return primitive.ones == 0 ? 0 : 1;
    case Primitive::Kind::phase: return 2;
    case Primitive::Kind::flip: return std::popcount(primitive.ones) > 1 ? 3 : 4;
  }
  return 0;
}
constexpr std::size_t ranks = 5;

/// The same effect in an order in which those of one rank follow each other where they can.
std::vector<Primitive> by_rank(std::vector<Primitive> primitives) {
  std::vector<Primitive> result;
  for (std::size_t next = 0; !primitives.empty(); next = (next + 1) % ranks) {
    std::vector<Primitive> rest;
    split(
        primitives, [next](const Primitive& p) { return rank(p) == next; },
        [&](const Primitive& p) { result.push_back(p); }, [&](const Primitive& p) { rest.push_back(p); });
    primitives = std::move(rest);
  }
  return result;
}

}  // namespace

std::vector<Group> group_primitives(const ScheduledPass& pass, const Layout& layout, std::size_t table_low) {
  Grouping grouping(pass.window, layout.lane_qubits, table_low);
  for (const Primitive& primitive : by_rank(pass.primitives)) grouping.add(primitive);
  return std::move(grouping).finish();
}

}  // namespace bornite::statevector
