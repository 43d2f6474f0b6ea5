#include "plan.hpp"

#include "forward_ops.hpp"
#include "permutation.hpp"
#include "schedule.hpp"
#include "stages.hpp"

#include <algorithm>
#include <bit>
#include <utility>

namespace bornite::statevector {
namespace {

using Kind = TileOp::Kind;

/// Tiles of twice the size are tried for states that the second-level cache does not hold. A sweep over them was up to
/// a fifth longer, with copies of two states that fill half of that cache; this is how many fewer have to be left.
constexpr std::size_t least_wide_qubits = 17;
constexpr double worth_wide = 0.8;

class Compiler {
 public:
  explicit Compiler(const Layout& layout) : plan_(layout), zero_(qubit_set(layout.qubits) - 1) {}

  void add(const ScheduledPass& scheduled) {
    const Window& window = scheduled.window;
    Pass pass{};
    pass.window = window;
    pass.outside = (qubit_set(plan_.layout.qubits) - 1) & ~window.members() & ~zero_;
    pass.fresh = window.members() & zero_;
    pass.first_op = size(plan_.ops);
    pass.blocks_before = used_blocks(window);
    pass.first_term = size(plan_.terms);
    for (const Group& group : stage_groups(scheduled, zero_, plan_.layout, plan_.table_low())) add(group, window);
    pass.end_op = size(plan_.ops);
    for (std::size_t op = pass.first_op; op != pass.end_op; ++op)
      pass.permutations += moves_tile(plan_.ops[op]) ? 1 : 0;
    pass.end_term = size(plan_.terms);
    for (std::size_t i = pass.first_term; i != pass.end_term; ++i)
      if (plan_.terms[i].weight != 0) differentiates_ = true;
    pass.differentiates = differentiates_;
    pass.untouched = window.members() & zero_;
    add_rows(pass);
    plan_.complete = (pass.outside | window.members()) == qubit_set(plan_.layout.qubits) - 1;
    plan_.passes.push_back(std::move(pass));
  }

  Plan finish() && {
    const std::size_t terms = plan_.terms.size();
    plan_.angles_at = 2 * round_up(terms);
    plan_.weights_at = plan_.angles_at + round_up(terms);
    plan_.scale_at = plan_.weights_at + round_up(terms);
    std::size_t next = plan_.scale_at + line_doubles;
    for (std::size_t i = 0; i != plan_.ops.size(); ++i) {
      TileOp& op = plan_.ops[i];
      if (op.kind != Kind::phase_table) continue;
      op.data = static_cast<std::uint32_t>(next);
      next += plan_.table_size();
      std::size_t after = i + 1;
      while (after != plan_.ops.size() && renumbers(plan_.ops[after])) ++after;
      op.rows = plan_.table_rows(plan_.ops[after - 1].blocks);
    }
    plan_.bound_numbers = next;
    add_forward_ops(plan_);
    return std::move(plan_);
  }

 private:
  template <typename Items>
  static std::uint32_t size(const Items& items) {
    return static_cast<std::uint32_t>(items.size());
  }

  static bool renumbers(const TileOp& op) { return op.kind == Kind::permute || op.kind == Kind::flip; }

  void add_rows(Pass& pass) const {
    std::size_t above = 0;
    do {
      pass.row_starts.push_back(static_cast<std::uint32_t>(plan_.layout.position(above)));
      pass.row_blocks.push_back(static_cast<std::uint32_t>(plan_.layout.blocks(above)));
      above = next_subset(above, pass.window.rows);
    } while (above != 0);
  }

  void add(const Group& group, const Window& window) {
    if (group.kind == Kind::flip) return add_flips(group.primitives, window);
    TileOp op{group.kind};
    op.first_term = size(plan_.terms);
    const Primitive& first = group.primitives.front();
    use(group.primitives);
    op.blocks = used_blocks(window);
    switch (group.kind) {
      case Kind::rotate_blocks:
      case Kind::rotate_lanes:
      case Kind::rotate_both: add_rotations(op, group, window); break;
      case Kind::permute:
        op.data = size(plan_.permutations);
        for (const auto& flips : {group.primitives, reversed(group.primitives)})
          plan_.permutations.push_back(make_permutation(flips, window, plan_.layout.lane_qubits, op.blocks));
        break;
      case Kind::flip: break;
      case Kind::rotate_controlled:
        add_term(first, window);
        op.bits[0] = static_cast<std::uint8_t>(window.local(first.target));
        set_ones(op, first.ones, window);
        break;
      case Kind::phase_masked:
        add_term(first, window);
        set_ones(op, first.ones, window);
        break;
      case Kind::phase_table:
        for (const Primitive& primitive : group.primitives) add_term(primitive, window);
        op.by_rows = std::all_of(plan_.terms.begin() + op.first_term, plan_.terms.end(), [&](const Term& term) {
          return (term.ones & ((std::uint32_t{1} << plan_.table_low()) - 1)) == 0;
        });
        break;
    }
    op.terms = size(plan_.terms) - op.first_term;
    plan_.ops.push_back(op);
  }

  /// After phases, their map too, if it can be done in place: forwards it takes the phases into its loop.
  void add_flips(std::span<const Primitive> flips, const Window& window) {
    const std::size_t first = plan_.ops.size();
    const bool after_phases = first != 0 && plan_.ops.back().kind == Kind::phase_table;
    for (const Primitive& flip : flips) {
      TileOp op{Kind::flip};
      op.count = 0;
      op.bits[0] = static_cast<std::uint8_t>(window.local(flip.target));
      set_ones(op, flip.ones, window);
      op.first_term = size(plan_.terms);
      use({&flip, 1});
      op.blocks = used_blocks(window);
      plan_.ops.push_back(op);
    }
    if (!after_phases || std::popcount(flips.front().ones) > 1) return;
    const std::size_t blocks = plan_.ops.back().blocks;
    Permutation map = make_permutation(flips, window, plan_.layout.lane_qubits, blocks);
    if (!map.in_place(blocks)) return;
    plan_.ops[first].count = static_cast<std::uint8_t>(flips.size());
    plan_.ops[first].data = size(plan_.permutations);
    plan_.permutations.push_back(std::move(map));
  }

  void use(std::span<const Primitive> primitives) {
    for (const Primitive& primitive : primitives) zero_ &= ~primitive.changes();
  }

  /// Whether the operation leaves its result in another place.
  [[nodiscard]] bool moves_tile(const TileOp& op) const {
    return op.kind == Kind::permute && !plan_.permutations[op.data].in_place(op.blocks);
  }

  /// The first blocks of a tile, outside which a qubit that is still |0> would be 1.
  [[nodiscard]] std::uint32_t used_blocks(const Window& window) const {
    const QubitSet used = window.local_set(~zero_);
    return static_cast<std::uint32_t>(std::bit_ceil(plan_.layout.blocks(used) + 1));
  }

  static std::vector<Primitive> reversed(std::vector<Primitive> primitives) {
    std::ranges::reverse(primitives);
    return primitives;
  }

  void add_rotations(TileOp& op, const Group& group, const Window& window) {
    std::vector<Primitive> rotations = group.primitives;
    std::ranges::sort(rotations, {}, [&](const Primitive& p) { return window.local(p.target); });
    op.count = static_cast<std::uint8_t>(rotations.size());
    for (std::size_t i = 0; i != rotations.size(); ++i) {
      op.bits[i] = static_cast<std::uint8_t>(window.local(rotations[i].target));
      op.places[i] = static_cast<std::uint8_t>(i);
      if (op.bits[i] < plan_.layout.lane_qubits) ++op.lane_count;
      add_term(rotations[i], window);
    }
  }

  void add_term(const Primitive& primitive, const Window& window) {
    const bool rotation = primitive.kind == Primitive::Kind::rotation;
    // A phase's sum is that of Im(conj(lambda) psi), and d/dangle = -2 times it; over all states it is exactly zero.
    const double factor = rotation ? 1.0 : primitive.ones == 0 ? 0.0 : -2.0;
    const double weight = primitive.angle.is_constant() ? 0.0 : factor * primitive.angle.scale;
    const double part = rotation ? 0.5 : 1.0;
    const Angle angle{part * primitive.angle.scale, primitive.angle.parameter, part * primitive.angle.offset};
    plan_.terms.push_back({angle, static_cast<std::uint32_t>(window.local_set(primitive.ones)), weight});
  }

  void set_ones(TileOp& op, QubitSet ones, const Window& window) const {
    const QubitSet inner = window.local_set(ones);
    op.lane_ones = static_cast<std::uint8_t>(inner & (plan_.layout.lanes() - 1));
    op.block_ones = static_cast<std::uint32_t>(inner >> plan_.layout.lane_qubits);
    op.outside_ones = ones & ~window.members();
  }

  Plan plan_;
  QubitSet zero_;  // the qubits that nothing so far has changed
  bool differentiates_ = false;
};

}  // namespace

std::size_t Pass::tiles() const { return std::size_t{1} << std::popcount(outside); }

std::size_t Pass::base(std::size_t t) const {
  std::size_t result = 0;
  for (QubitSet rest = outside; t != 0; rest &= rest - 1, t >>= 1)
    if (t & 1) result |= rest & -rest;
  return result;
}

Plan make_plan(const Circuit& circuit, Readout readout, Precision precision) {
  const std::vector<Primitive> primitives = lower(circuit, readout);
  Layout layout(circuit.qubits(), precision);
  std::vector<ScheduledPass> passes = schedule(primitives, layout);
  if (circuit.qubits() >= least_wide_qubits && passes.size() > 2) {
    const Layout wide(circuit.qubits(), precision, most_tile_bits);
    std::vector<ScheduledPass> other = schedule(primitives, wide);
    if (sweeps(other, wide) < worth_wide * sweeps(passes, layout)) {
      layout = wide;
      passes = std::move(other);
    }
  }
  Compiler compiler(layout);
  for (const ScheduledPass& pass : passes) compiler.add(pass);
  return std::move(compiler).finish();
}

}  // namespace bornite::statevector
