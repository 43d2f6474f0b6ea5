#include "tile.hpp"

#include "tile_memory.hpp"

#include <algorithm>
#include <array>
#include <memory>
#include <span>

namespace bornite::statevector {
namespace {

using Kind = TileOp::Kind;

/// A thread's own memory. A tile's work starts no other work, so nothing can take it over meanwhile.
struct Scratch {
  TileCopies psi;
  Block between[blocks_between_states];
  TileCopies lambda;
  alignas(64) double column_sums[std::size_t{1} << table_columns];
  alignas(64) double row_sums[std::size_t{1} << most_tile_qubits];
};

Scratch& scratch() {
  thread_local const std::unique_ptr<Scratch> memory = std::make_unique_for_overwrite<Scratch>();
  return *memory;
}

PhaseTables tables_at(const BoundPlan& run, std::uint32_t offset, bool by_rows) {
  const Plan& plan = run.plan;
  return {std::size_t{1} << plan.table_low(), std::size_t{1} << plan.table_high(), run.bound + offset, by_rows};
}

PhaseTables tables_of(const BoundPlan& run, const TileOp& op) { return tables_at(run, op.data, op.by_rows); }

/// The renumbering of an operation and, if others come before it in the same loop, their phases.
PhasedMap map_of(const BoundPlan& run, const TileOp& op) {
  const Permutation& map = run.plan.permutations[op.data];
  if (op.tables == 0) return map;
  return {map, tables_at(run, op.tables, op.by_rows), op.spreads ? op.written : op.blocks};
}

bool applies(const TileOp& op, std::size_t base) { return (base & op.outside_ones) == op.outside_ones; }

/// Whether the operation's loop asks for rows of the next tile.
bool asks_ahead(Kind kind) { return kind == Kind::rotate_blocks || kind == Kind::rotate_both; }
/// Rows that are asked for before the other operations.
constexpr std::size_t rows_per_operation = 16;

void apply(const BoundPlan& run, const TileOp& op, TileMemory& tile, Ahead& ahead) {
  const auto& [plan, kernels, bound] = run;
  const double* const trig = bound + 2 * std::size_t{op.first_term};
  const std::size_t blocks = op.blocks;
  if (!asks_ahead(op.kind)) ahead.ask(rows_per_operation);
  switch (op.kind) {
    case Kind::rotate_blocks:
      return (op.spreads ? kernels.spread_blocks : kernels.rotate_blocks)(tile.now(), blocks, op, trig, ahead);
    case Kind::rotate_lanes: return kernels.rotate_lanes(tile.now(), blocks, op, trig);
    case Kind::rotate_both:
      return (op.spreads ? kernels.spread_both : kernels.rotate_both)(tile.now(), blocks, op, trig, ahead);
    case Kind::rotate_controlled: return kernels.rotate_controlled(tile.now(), blocks, op, trig);
    case Kind::flip: return kernels.flip(tile.now(), blocks, op);
    case Kind::permute: return tile.permute(blocks, map_of(run, op));
    case Kind::phase_table: return kernels.multiply_phases(tile.now(), blocks, tables_of(run, op));
    case Kind::phase_masked: return kernels.phase_masked(tile.now(), blocks, op, trig);
  }
}

double sum_with(const double* values, std::size_t size, std::size_t ones) {
  const std::size_t free = (size - 1) & ~ones;
  double total = 0.0;
  std::size_t rest = 0;
  do {
    total += values[rest | ones];
    rest = next_subset(rest, free);
  } while (rest != 0);
  return total;
}

void undo_phases(const BoundPlan& run, const TileOp& op, TilePair pair, double* sums) {
  const auto& [plan, kernels, bound] = run;
  const PhaseTables tables = tables_of(run, op);
  const PhaseSums marginals{scratch().column_sums, scratch().row_sums};
  kernels.undo_multiply_phases(pair, op.blocks, tables, marginals);
  const std::size_t columns = std::min(tables.low_size, op.blocks * plan.layout.lanes());
  const std::size_t rows = op.blocks * plan.layout.lanes() / columns;
  for (std::size_t i = 0; i != op.terms; ++i) {
    const Term& term = plan.terms[op.first_term + i];
    if (term.weight == 0.0) continue;
    sums[i] += term.ones < tables.low_size ? sum_with(marginals.column_sums, columns, term.ones)
                                           : sum_with(marginals.row_sums, rows, term.ones >> plan.table_low());
  }
}

void undo(const BoundPlan& run, const TileOp& op, TileMemory& psi, TileMemory& lambda, double* all_sums, Ahead& ahead) {
  const auto& [plan, kernels, bound] = run;
  const double* const trig = bound + 2 * std::size_t{op.first_term};
  double* const sums = all_sums + op.first_term;
  const std::size_t blocks = op.blocks;
  const TilePair pair{psi.now(), lambda.now()};
  if (!asks_ahead(op.kind)) ahead.ask(rows_per_operation);
  switch (op.kind) {
    case Kind::rotate_blocks: return kernels.undo_rotate_blocks(pair, blocks, op, trig, sums, ahead);
    case Kind::rotate_lanes: return kernels.undo_rotate_lanes(pair, blocks, op, trig, sums);
    case Kind::rotate_both: return kernels.undo_rotate_both(pair, blocks, op, trig, sums, ahead);
    case Kind::rotate_controlled: return kernels.undo_rotate_controlled(pair, blocks, op, trig, sums);
    case Kind::flip: kernels.flip(pair.psi, blocks, op); return kernels.flip(pair.lambda, blocks, op);
    case Kind::permute:
      psi.permute(blocks, plan.permutations[op.data + 1]);
      return lambda.permute(blocks, plan.permutations[op.data + 1]);
    case Kind::phase_table: return undo_phases(run, op, pair, sums);
    case Kind::phase_masked: return kernels.undo_phase_masked(pair, blocks, op, trig, sums);
  }
}

bool renumbers_rows(const TileOp& op, const TileMemory& tile, QubitSet zero) {
  return op.kind == Kind::permute && tile.renumbers_rows(op.blocks, zero);
}

std::span<const TileOp> forward_ops(const Plan& plan, const Pass& pass) {
  return {plan.forward_ops.data() + pass.first_forward_op, plan.forward_ops.data() + pass.end_forward_op};
}

/// States of so many bytes leave the second-level cache between passes.
constexpr std::size_t least_far_bytes = std::size_t{1} << 22;

/// What the tile after tile t reads of its first blocks, unless some of its rows are known to be zero.
Ahead after_tile(const Plan& plan, const Pass& pass, std::size_t t, QubitSet zero, std::size_t blocks,
                 std::array<const Block*, 2> states) {
  const Layout& layout = plan.layout;
  const bool far = layout.size() * sizeof(Block) >= least_far_bytes;
  if (!far || t + 1 == pass.tiles() || (zero & pass.window.rows) != 0) return {};
  const std::size_t place = layout.position(pass.base(t + 1));
  for (const Block*& state : states)
    if (state != nullptr) state += place;
  const std::size_t row_blocks = layout.blocks(std::size_t{1} << pass.window.columns);
  return {pass.row_starts.data(), std::min(pass.row_starts.size(), blocks / row_blocks), row_blocks, states};
}

/// Fetches tile t and applies the operations, which are the first of the pass.
void run_tile(const BoundPlan& run, const Pass& pass, std::size_t t, std::span<const TileOp> ops, const Block* psi,
              TileMemory& tile) {
  if (!ops.empty() && renumbers_rows(ops.front(), tile, pass.fresh)) {
    tile.fetch_permuted(run.plan.permutations[ops.front().data]);
    ops = ops.subspan(1);
  } else {
    tile.fetch(pass.fresh, pass.blocks_before);
  }
  Ahead ahead = after_tile(run.plan, pass, t, pass.fresh, pass.blocks_before, {psi, nullptr});
  const std::size_t base = pass.base(t);
  std::size_t written = pass.blocks_before;
  for (const TileOp& op : ops) {
    if (!op.spreads) tile.clear(op.written, op.blocks);
    if (applies(op, base)) apply(run, op, tile, ahead);
    written = op.blocks;
  }
  tile.clear(written, tile.blocks());
}

}  // namespace

void forward_tile(const BoundPlan& run, const Pass& pass, std::size_t t, Block* psi) {
  TileMemory tile(run.plan, run.kernels, pass, pass.base(t), psi, scratch().psi);
  const std::span<const TileOp> ops = forward_ops(run.plan, pass);
  const bool renumbers = !ops.empty() && renumbers_rows(ops.back(), tile, 0);
  run_tile(run, pass, t, renumbers ? ops.first(ops.size() - 1) : ops, psi, tile);
  if (renumbers)
    tile.put_back_permuted(map_of(run, ops.back()));
  else
    tile.put_back(0);
}

void measure_tile(const BoundPlan& run, const Pass& pass, std::size_t t, Block* psi, double* q) {
  TileMemory tile(run.plan, run.kernels, pass, pass.base(t), psi, scratch().psi);
  const std::span<const TileOp> ops = forward_ops(run.plan, pass);
  const bool renumbers = ops.size() > 1 && ops.back().kind == Kind::permute && ops.back().tables == 0 &&
                         ops.back().blocks == tile.blocks();
  run_tile(run, pass, t, renumbers ? ops.first(ops.size() - 1) : ops, psi, tile);
  if (renumbers)
    tile.write_permuted_probabilities(q, run.plan.permutations[ops.back().data]);
  else
    tile.write_probabilities(q);
}

bool backward_tile(const BoundPlan& run, const Pass& pass, std::size_t t, TilePair states, BackwardEnds ends,
                   double* sums) {
  const Plan& plan = run.plan;
  const std::size_t base = pass.base(t);
  TileMemory psi(plan, run.kernels, pass, base, states.psi, scratch().psi);
  TileMemory lambda(plan, run.kernels, pass, base, states.lambda, scratch().lambda);
  const auto inverse = [&](std::size_t op) -> const Permutation& { return plan.permutations[plan.ops[op].data + 1]; };
  std::size_t first = pass.first_op;
  std::size_t end = pass.end_op;
  const bool end_renumbers = first != end && renumbers_rows(plan.ops[end - 1], psi, pass.untouched);
  if (end_renumbers) --end;
  for (TileMemory* const tile : {&psi, &lambda}) {
    if (ends.weights != nullptr && tile == &lambda) {
      if (!lambda.fetch_weighed(states.psi, *ends.weights)) return false;
      if (end_renumbers) lambda.permute(plan.ops[end].blocks, inverse(end));
    } else if (end_renumbers) {
      tile->fetch_permuted(inverse(end));
    } else {
      tile->fetch(pass.untouched, tile->blocks());
    }
  }
  const bool first_renumbers = !ends.last && first != end && renumbers_rows(plan.ops[first], psi, pass.fresh);
  if (first_renumbers) ++first;
  Ahead ahead = after_tile(plan, pass, t, pass.untouched, psi.blocks(),
                           {states.psi, ends.weights == nullptr ? states.lambda : nullptr});
  for (std::size_t i = end; i-- != first;)
    if (applies(plan.ops[i], base)) undo(run, plan.ops[i], psi, lambda, sums, ahead);
  if (ends.last) return true;
  for (const TileMemory* const tile : {&psi, &lambda})
    if (first_renumbers)
      tile->put_back_permuted(inverse(first - 1));
    else
      tile->put_back(pass.fresh);
  return true;
}

}  // namespace bornite::statevector
