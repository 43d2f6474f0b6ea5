#include "tile.hpp"

#include <algorithm>
#include <cstring>
#include <memory>
#include <utility>

namespace bornite::statevector {
namespace {

using Kind = TileOp::Kind;

constexpr std::size_t most_tile_blocks = (std::size_t{1} << tile_limit) / lanes;

/// A thread's own memory. A tile's work starts no other work, so nothing can take it over meanwhile.
struct Scratch {
  Block psi[2][most_tile_blocks];
  Block lambda[2][most_tile_blocks];
  alignas(64) double column_sums[std::size_t{1} << table_columns];
  alignas(64) double row_sums[std::size_t{1} << tile_limit];
};

Scratch& scratch() {
  thread_local const std::unique_ptr<Scratch> memory = std::make_unique_for_overwrite<Scratch>();
  return *memory;
}

/// A tile of one state: in place if it is one piece of memory, otherwise a copy of its rows.
class Tile {
 public:
  /// Takes what is in memory, except where a `fresh` qubit is 1: there are zeros.
  Tile(const Layout& layout, const Window& window, std::size_t base, Block* state, Block (&memory)[2][most_tile_blocks],
       QubitSet fresh)
      : layout_(layout), window_(window), base_(base), state_(state), now_(memory[0]), spare_(memory[1]) {
    if (window.contiguous()) {
      now_ = home();
      spare_ = memory[0];
    }
    const QubitSet fresh_rows = fresh & window.rows;
    if (window.contiguous() && fresh_rows == 0) return;
    each_row([&](QubitSet above, Block* copy, Block* row, std::size_t blocks) {
      if ((above & fresh_rows) != 0)
        std::memset(copy, 0, blocks * sizeof(Block));
      else if (now_ != home())
        std::memcpy(copy, row, blocks * sizeof(Block));
    });
  }

  void put_back() {
    if (!window_.contiguous())
      each_row([&](QubitSet, Block* copy, Block* row, std::size_t blocks) {
        std::memcpy(row, copy, blocks * sizeof(Block));
      });
    else if (now_ != home())
      std::memcpy(home(), now_, layout_.blocks(std::size_t{1} << layout_.tile) * sizeof(Block));
  }

  [[nodiscard]] Block* now() const { return now_; }
  [[nodiscard]] Block* spare() const { return spare_; }
  /// The spare memory has been filled with the tile's new contents.
  void swap_memory() { std::swap(now_, spare_); }

 private:
  [[nodiscard]] Block* home() const { return state_ + layout_.position(base_); }

  template <typename Action>
  void each_row(const Action& action) const {
    const std::size_t blocks = layout_.blocks(std::size_t{1} << window_.columns);
    QubitSet above = 0;
    Block* copy = now_;
    do {
      action(above, copy, state_ + layout_.position(base_ | above), blocks);
      copy += blocks;
      above = next_subset(above, window_.rows);
    } while (above != 0);
  }

  const Layout& layout_;
  const Window& window_;
  std::size_t base_;
  Block* state_;
  Block* now_;
  Block* spare_;
};

PhaseTables tables_of(const Plan& plan, const TileOp& op, const double* bound) {
  return {std::size_t{1} << plan.table_low(), std::size_t{1} << plan.table_high(), bound + op.data};
}

bool applies(const TileOp& op, std::size_t base) { return (base & op.outside_ones) == op.outside_ones; }

void apply(const BoundPlan& run, const TileOp& op, std::size_t base, Tile& tile) {
  const auto& [plan, kernels, bound] = run;
  const double* const trig = bound + 2 * std::size_t{op.first_term};
  const std::size_t blocks = op.blocks;
  switch (op.kind) {
    case Kind::rotate_blocks: return kernels.rotate_blocks(tile.now(), blocks, op, trig);
    case Kind::rotate_lanes: return kernels.rotate_lanes(tile.now(), blocks, op, trig);
    case Kind::rotate_both: return kernels.rotate_both(tile.now(), blocks, op, trig);
    case Kind::rotate_controlled: return kernels.rotate_controlled(tile.now(), blocks, op, trig);
    case Kind::flip: return kernels.flip(tile.now(), blocks, op);
    case Kind::permute: {
      const Permutation& map = plan.permutations[op.data];
      kernels.permute(tile.now(), tile.spare(), blocks, map, map.offset_at(base));
      const std::size_t all = plan.layout.blocks(std::size_t{1} << plan.layout.tile);
      std::memset(tile.spare() + blocks, 0, (all - blocks) * sizeof(Block));
      return tile.swap_memory();
    }
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
  const std::size_t columns = std::min(tables.low_size, op.blocks * lanes);
  const std::size_t rows = op.blocks * lanes / columns;
  for (std::size_t i = 0; i != op.terms; ++i) {
    const Term& term = plan.terms[op.first_term + i];
    if (term.weight == 0.0) continue;
    sums[i] += term.ones < tables.low_size ? sum_with(marginals.column_sums, columns, term.ones)
                                           : sum_with(marginals.row_sums, rows, term.ones >> plan.table_low());
  }
}

void undo(const BoundPlan& run, const TileOp& op, std::size_t base, Tile& psi, Tile& lambda, double* all_sums) {
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
    case Kind::permute: {
      const Permutation& back = plan.permutations[op.data + 1];
      const std::uint32_t offset = back.offset_at(base);
      kernels.permute(pair.psi, psi.spare(), blocks, back, offset);
      kernels.permute(pair.lambda, lambda.spare(), blocks, back, offset);
      psi.swap_memory();
      return lambda.swap_memory();
    }
    case Kind::phase_table: return undo_phases(run, op, pair, sums);
    case Kind::phase_masked: return kernels.undo_phase_masked(pair, blocks, op, trig, sums);
  }
}

}  // namespace

void forward_tile(const BoundPlan& run, const Pass& pass, std::size_t base, Block* psi) {
  const Plan& plan = run.plan;
  Tile tile(plan.layout, pass.window, base, psi, scratch().psi, pass.fresh);
  for (std::size_t i = pass.first_op; i != pass.end_op; ++i)
    if (applies(plan.ops[i], base)) apply(run, plan.ops[i], base, tile);
  tile.put_back();
}

void backward_tile(const BoundPlan& run, const Pass& pass, std::size_t base, TilePair states, double* sums) {
  const Plan& plan = run.plan;
  Tile psi(plan.layout, pass.window, base, states.psi, scratch().psi, 0);
  Tile lambda(plan.layout, pass.window, base, states.lambda, scratch().lambda, 0);
  for (std::size_t i = pass.end_op; i-- != pass.first_op;)
    if (applies(plan.ops[i], base)) undo(run, plan.ops[i], base, psi, lambda, sums);
  psi.put_back();
  lambda.put_back();
}

}  // namespace bornite::statevector
