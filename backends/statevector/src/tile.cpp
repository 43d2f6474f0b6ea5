#include "tile.hpp"

#include "tile_memory.hpp"

#include <algorithm>
#include <memory>

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

PhaseTables tables_of(const Plan& plan, const TileOp& op, const double* bound) {
  return {std::size_t{1} << plan.table_low(), std::size_t{1} << plan.table_high(), bound + op.data};
}

bool applies(const TileOp& op, std::size_t base) { return (base & op.outside_ones) == op.outside_ones; }

void apply(const BoundPlan& run, const TileOp& op, TileMemory& tile) {
  const auto& [plan, kernels, bound] = run;
  const double* const trig = bound + 2 * std::size_t{op.first_term};
  const std::size_t blocks = op.blocks;
  switch (op.kind) {
    case Kind::rotate_blocks: return kernels.rotate_blocks(tile.now(), blocks, op, trig);
    case Kind::rotate_lanes: return kernels.rotate_lanes(tile.now(), blocks, op, trig);
    case Kind::rotate_both: return kernels.rotate_both(tile.now(), blocks, op, trig);
    case Kind::rotate_controlled: return kernels.rotate_controlled(tile.now(), blocks, op, trig);
    case Kind::flip: return kernels.flip(tile.now(), blocks, op);
    case Kind::permute: tile.permute(blocks, plan.permutations[op.data]); return tile.clear_from(blocks);
    case Kind::phase_table: return kernels.multiply_phases(tile.now(), blocks, tables_of(plan, op, bound));
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
  const PhaseTables tables = tables_of(plan, op, bound);
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

void undo(const BoundPlan& run, const TileOp& op, TileMemory& psi, TileMemory& lambda, double* all_sums) {
  const auto& [plan, kernels, bound] = run;
  const double* const trig = bound + 2 * std::size_t{op.first_term};
  double* const sums = all_sums + op.first_term;
  const std::size_t blocks = op.blocks;
  const TilePair pair{psi.now(), lambda.now()};
  switch (op.kind) {
    case Kind::rotate_blocks: return kernels.undo_rotate_blocks(pair, blocks, op, trig, sums);
    case Kind::rotate_lanes: return kernels.undo_rotate_lanes(pair, blocks, op, trig, sums);
    case Kind::rotate_both: return kernels.undo_rotate_both(pair, blocks, op, trig, sums);
    case Kind::rotate_controlled: return kernels.undo_rotate_controlled(pair, blocks, op, trig, sums);
    case Kind::flip: kernels.flip(pair.psi, blocks, op); return kernels.flip(pair.lambda, blocks, op);
    case Kind::permute:
      psi.permute(blocks, plan.permutations[op.data + 1]);
      return lambda.permute(blocks, plan.permutations[op.data + 1]);
    case Kind::phase_table: return undo_phases(run, op, pair, sums);
    case Kind::phase_masked: return kernels.undo_phase_masked(pair, blocks, op, trig, sums);
  }
}

bool renumbers_rows(const Plan& plan, std::size_t op, const TileMemory& tile, QubitSet zero) {
  return plan.ops[op].kind == Kind::permute && tile.renumbers_rows(plan.ops[op].blocks, zero);
}

/// Fetches a tile and applies the operations of the pass before `end`.
void run_tile(const BoundPlan& run, const Pass& pass, std::size_t base, std::size_t end, TileMemory& tile) {
  const Plan& plan = run.plan;
  std::size_t first = pass.first_op;
  if (first != end && renumbers_rows(plan, first, tile, pass.fresh))
    tile.fetch_permuted(plan.permutations[plan.ops[first++].data]);
  else
    tile.fetch(pass.fresh);
  for (std::size_t i = first; i != end; ++i)
    if (applies(plan.ops[i], base)) apply(run, plan.ops[i], tile);
}

}  // namespace

void forward_tile(const BoundPlan& run, const Pass& pass, std::size_t base, Block* psi) {
  const Plan& plan = run.plan;
  TileMemory tile(plan, run.kernels, pass, base, psi, scratch().psi);
  if (pass.first_op == pass.end_op || !renumbers_rows(plan, pass.end_op - 1, tile, 0)) {
    run_tile(run, pass, base, pass.end_op, tile);
    return tile.put_back(0);
  }
  run_tile(run, pass, base, pass.end_op - 1, tile);
  tile.put_back_permuted(plan.permutations[plan.ops[pass.end_op - 1].data]);
}

void measure_tile(const BoundPlan& run, const Pass& pass, std::size_t base, Block* psi, double* q) {
  TileMemory tile(run.plan, run.kernels, pass, base, psi, scratch().psi);
  run_tile(run, pass, base, pass.end_op, tile);
  tile.write_probabilities(q);
}

bool backward_tile(const BoundPlan& run, const Pass& pass, std::size_t base, TilePair states, BackwardEnds ends,
                   double* sums) {
  const Plan& plan = run.plan;
  TileMemory psi(plan, run.kernels, pass, base, states.psi, scratch().psi);
  TileMemory lambda(plan, run.kernels, pass, base, states.lambda, scratch().lambda);
  const auto inverse = [&](std::size_t op) -> const Permutation& { return plan.permutations[plan.ops[op].data + 1]; };
  std::size_t first = pass.first_op;
  std::size_t end = pass.end_op;
  const bool end_renumbers = first != end && renumbers_rows(plan, end - 1, psi, pass.untouched);
  if (end_renumbers) --end;
  for (TileMemory* const tile : {&psi, &lambda}) {
    if (ends.weights != nullptr && tile == &lambda) {
      if (!lambda.fetch_weighed(states.psi, *ends.weights)) return false;
      if (end_renumbers) lambda.permute(plan.ops[end].blocks, inverse(end));
    } else if (end_renumbers) {
      tile->fetch_permuted(inverse(end));
    } else {
      tile->fetch(pass.untouched);
    }
  }
  const bool first_renumbers = !ends.last && first != end && renumbers_rows(plan, first, psi, pass.fresh);
  if (first_renumbers) ++first;
  for (std::size_t i = end; i-- != first;)
    if (applies(plan.ops[i], base)) undo(run, plan.ops[i], psi, lambda, sums);
  if (ends.last) return true;
  for (const TileMemory* const tile : {&psi, &lambda})
    if (first_renumbers)
      tile->put_back_permuted(inverse(first - 1));
    else
      tile->put_back(pass.fresh);
  return true;
}

}  // namespace bornite::statevector
