#include "forward_ops.hpp"

#include <algorithm>
#include <bit>
#include <cstddef>
#include <span>
#include <vector>

namespace bornite::statevector {
namespace {

using Kind = TileOp::Kind;

/// Rotations of block qubits in one sweep: a cell of 2^4 vectors fits the registers when there is only one state.
constexpr std::size_t most_at_once = 4;
/// Backwards, and for short rests.
constexpr std::size_t usual_at_once = 3;
/// Lines that differ in block bits from this on lie in one set of the first-level cache, which has room for 8 to 12.
constexpr std::size_t first_far_bit = 5;
constexpr std::size_t most_far_bits = 3;

/// In tiles of fewer blocks, the last rotations of qubits that are |0> take no longer than tables of their own.
constexpr std::size_t least_spread_blocks = 64;

bool rotates(const TileOp& op) {
  return op.kind == Kind::rotate_blocks || op.kind == Kind::rotate_lanes || op.kind == Kind::rotate_both;
}

std::size_t quotient_up(std::size_t a, std::size_t b) { return (a + b - 1) / b; }

/// A rotation of a block qubit.
struct BlockRotation {
  std::size_t block_bit;
  std::uint8_t place;  ///< of its term
};
using BlockRotations = std::vector<BlockRotation>;

/// As many sweeps of about the same size, each of neighbouring elements.
std::vector<BlockRotations> cut(const BlockRotations& rotations, std::size_t sweeps) {
  std::vector<BlockRotations> result;
  const auto at = [&](std::size_t sweep) {
    return rotations.begin() + static_cast<std::ptrdiff_t>(rotations.size() * sweep / sweeps);
  };
  for (std::size_t i = 0; i != sweeps; ++i) result.emplace_back(at(i), at(i + 1));
  return result;
}

/// The same, dealt out one by one.
std::vector<BlockRotations> deal(const BlockRotations& rotations, std::size_t sweeps) {
  std::vector<BlockRotations> result(sweeps);
  for (std::size_t i = 0; i != rotations.size(); ++i) result[i % sweeps].push_back(rotations[i]);
  return result;
}

bool keep_to_cache(const std::vector<BlockRotations>& sweeps) {
  return std::ranges::all_of(sweeps, [](const BlockRotations& sweep) {
    const auto far = [](const BlockRotation& r) { return r.block_bit >= first_far_bit; };
    return static_cast<std::size_t>(std::ranges::count_if(sweep, far)) <= most_far_bits;
  });
}

/// Rotations, in ascending order, in as few sweeps as go fast.
std::vector<BlockRotations> sweeps_of(const BlockRotations& rotations) {
  const std::size_t usual = quotient_up(rotations.size(), usual_at_once);
  const std::size_t fewest = quotient_up(rotations.size(), most_at_once);
  if (fewest == usual) return cut(rotations, usual);
  for (auto* const divide : {cut, deal}) {
    std::vector<BlockRotations> result = divide(rotations, fewest);
    if (keep_to_cache(result)) return result;
  }
  return cut(rotations, usual);
}

/// The operations of one pass.
class ForwardPass {
 public:
  ForwardPass(Plan& plan, std::uint32_t written)
      : plan_(plan), written_(written), begin_(plan.forward_ops.size()), out_(plan.forward_ops) {}

  void add(std::span<const TileOp> ops) {
    while (!ops.empty()) {
      std::size_t size = rotations_at_once(ops);
      if (size != 0)
        add_rotations(ops.first(size));
      else if (size = flips_at_once(ops.front()); size != 0)
        add_other(renumbering(ops.first(size)));
      else
        add_other(ops[size++]);
      ops = ops.subspan(size);
    }
  }

 private:
  /// How many of the first operations rotate different qubits, those inside a block first.
  static std::size_t rotations_at_once(std::span<const TileOp> ops) {
    QubitSet taken = 0;
    std::size_t result = 0;
    for (; result != ops.size() && rotates(ops[result]); ++result) {
      const TileOp& op = ops[result];
      if (result != 0 && op.lane_count != 0) break;
      QubitSet bits = 0;
      for (std::size_t i = 0; i != op.count; ++i) bits |= qubit_set(op.bits[i]);
      if ((bits & taken) != 0) break;
      taken |= bits;
    }
    return result;
  }

  /// How many flips become one renumbering that takes the phases before them into its loop.
  [[nodiscard]] std::size_t flips_at_once(const TileOp& op) const {
    return op.kind == Kind::flip && follows(Kind::phase_table) ? op.count : 0;
  }

  static TileOp renumbering(std::span<const TileOp> flips) {
    TileOp result{Kind::permute};
    result.data = flips.front().data;
    result.first_term = flips.front().first_term;
    result.blocks = flips.back().blocks;
    return result;
  }

  void add_rotations(std::span<const TileOp> ops) {
    BlockRotations used;
    std::uint8_t place = ops.front().lane_count;
    for (const TileOp& op : ops)
      for (std::size_t i = op.lane_count; i != op.count; ++i) used.push_back({op.bits[i] - lane_qubits(), place++});
    std::ranges::sort(used, {}, &BlockRotation::block_bit);
    const BlockRotations fresh = take_fresh(used);
    TileOp next = ops.front();
    if (fresh.empty() && used.empty()) return push(next, {});
    for (const BlockRotations& sweep : sweeps_of(used)) push(next, sweep);
    next.spreads = true;
    std::span<const BlockRotation> rest(fresh);
    while (!rest.empty()) {  // the last sweep, which is the longest, takes as many as it can
      const std::size_t size = (rest.size() - 1) % most_at_once + 1;
      push(next, rest.first(size));
      rest = rest.subspan(size);
    }
  }

  /// Takes the last ones away if they are of the block qubits that come next after those that are used.
  [[nodiscard]] BlockRotations take_fresh(BlockRotations& rotations) const {
    const auto first = static_cast<std::size_t>(std::countr_zero(written_));
    const auto begin = std::ranges::lower_bound(rotations, first, {}, &BlockRotation::block_bit);
    BlockRotations result(begin, rotations.end());
    for (std::size_t i = 0; i != result.size(); ++i)
      if (result[i].block_bit != first + i) return {};
    rotations.erase(begin, rotations.end());
    return result;
  }

  /// One sweep. What is inside the blocks goes with the first.
  void push(TileOp& next, std::span<const BlockRotation> rotations) {
    next.kind = next.lane_count == 0 ? Kind::rotate_blocks : rotations.empty() ? Kind::rotate_lanes : Kind::rotate_both;
    next.count = next.lane_count;
    next.written = written_;
    for (const BlockRotation& rotation : rotations) {
      next.bits[next.count] = static_cast<std::uint8_t>(rotation.block_bit + lane_qubits());
      next.places[next.count++] = rotation.place;
      written_ = std::max(written_, std::uint32_t{2} << rotation.block_bit);
    }
    next.blocks = written_;
    out_.push_back(next);
    next.lane_count = 0;
  }

  void add_other(const TileOp& op) {
    TileOp next = op;
    next.written = written_;
    written_ = std::max(written_, op.blocks);
    if (op.kind == Kind::permute && follows(Kind::phase_table)) {
      next.tables = out_.back().data;
      next.by_rows = out_.back().by_rows;
      out_.pop_back();
      if (next.written >= next.blocks && next.blocks >= least_spread_blocks) take_spread(next);
    }
    out_.push_back(next);
  }

  [[nodiscard]] bool follows(Kind kind) const { return out_.size() > begin_ && out_.back().kind == kind; }

  /// Takes rotations of qubits that were |0>, in the last and longest sweep of such, into the tables of the renumbering
  /// that follows their phases.
  void take_spread(TileOp& permute) {
    if (!follows(Kind::rotate_blocks) || !out_.back().spreads) return;
    const TileOp& last = out_.back();
    SpreadTables tables{
        permute.tables, static_cast<std::uint32_t>(plan_.bound_numbers), plan_.table_rows(permute.blocks), {}};
    plan_.bound_numbers += plan_.table_size();
    for (std::size_t i = 0; i != last.count; ++i) {
      tables.rotations.push_back({last.first_term + last.places[i], last.bits[i]});
      if (last.bits[i] < plan_.table_low()) permute.by_rows = false;
    }
    permute.tables = tables.data;
    permute.spreads = true;
    permute.written = last.written;
    plan_.spreads.push_back(std::move(tables));
    out_.pop_back();
  }

  [[nodiscard]] std::size_t lane_qubits() const { return plan_.layout.lane_qubits; }

  Plan& plan_;
  std::uint32_t written_;  // the first blocks of a tile; nothing has been written outside, where all is zero
  std::size_t begin_;
  std::vector<TileOp>& out_;
};

}  // namespace

void add_forward_ops(Plan& plan) {
  for (Pass& pass : plan.passes) {
    const std::size_t first = plan.forward_ops.size();
    ForwardPass forward(plan, pass.blocks_before);
    forward.add({plan.ops.data() + pass.first_op, plan.ops.data() + pass.end_op});
    pass.first_forward_op = static_cast<std::uint32_t>(first);
    pass.end_forward_op = static_cast<std::uint32_t>(plan.forward_ops.size());
  }
}

}  // namespace bornite::statevector
