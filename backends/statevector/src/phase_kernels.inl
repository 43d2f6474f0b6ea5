// Diagonal operations.

namespace bornite::statevector {
namespace {

struct Phase {
  Lanes re;
  Lanes im;
};

BORNITE_INLINE void multiply(Lanes* block, Lanes re, Lanes im) {
  const Lanes x = block[0];
  const Lanes y = block[1];
  block[0] = re * x - im * y;
  block[1] = re * y + im * x;
}

BORNITE_INLINE Lanes undo_multiply(Lanes* psi, Lanes* lambda, Lanes re, Lanes im) {
  const Lanes w = lambda[0] * psi[1] - lambda[1] * psi[0];
  multiply(psi, re, -im);
  multiply(lambda, re, -im);
  return w;
}

/// Block i of the low factor, times element j of the high one.
BORNITE_INLINE Phase product(PhaseTables tables, std::size_t i, Lanes high_re, Lanes high_im) {
  const Lanes* const low_re = reinterpret_cast<const Lanes*>(tables.data);
  const Lanes* const low_im = reinterpret_cast<const Lanes*>(tables.data + tables.low_size);
  return {low_re[i] * high_re - low_im[i] * high_im, low_re[i] * high_im + low_im[i] * high_re};
}

BORNITE_KERNEL
void multiply_phases(Lanes* tile, std::size_t blocks, PhaseTables tables) {
  const std::size_t row_blocks = std::min(tables.low_size / lanes, blocks);
  const double* const high = tables.data + 2 * tables.low_size;
  for (std::size_t j = 0; j != blocks / row_blocks; ++j) {
    const Lanes high_re = all_lanes(high[j]);
    const Lanes high_im = all_lanes(high[tables.high_size + j]);
    for (std::size_t i = 0; i != row_blocks; ++i) {
      const Phase phase = product(tables, i, high_re, high_im);
      multiply(tile + 2 * (j * row_blocks + i), phase.re, phase.im);
    }
  }
}

BORNITE_KERNEL
void undo_multiply_phases(TilePair tile, std::size_t blocks, PhaseTables tables, PhaseSums sums) {
  constexpr std::size_t most_blocks = (std::size_t{1} << table_columns) / lanes;
  const std::size_t row_blocks = std::min(tables.low_size / lanes, blocks);
  const double* const high = tables.data + 2 * tables.low_size;
  Lanes columns[most_blocks] = {};
  for (std::size_t j = 0; j != blocks / row_blocks; ++j) {
    const Lanes high_re = all_lanes(high[j]);
    const Lanes high_im = all_lanes(high[tables.high_size + j]);
    Lanes row{};
    for (std::size_t i = 0; i != row_blocks; ++i) {
      const Phase phase = product(tables, i, high_re, high_im);
      const std::size_t at = 2 * (j * row_blocks + i);
      const Lanes w = undo_multiply(tile.psi + at, tile.lambda + at, phase.re, phase.im);
      columns[i] += w;
      row += w;
    }
    sums.row_sums[j] = sum(row);
  }
  for (std::size_t i = 0; i != row_blocks; ++i)
    for (std::size_t l = 0; l != lanes; ++l) sums.column_sums[i * lanes + l] = columns[i][l];
}

BORNITE_KERNEL
void phase_masked(Lanes* tile, std::size_t blocks, const TileOp& op, const double* trig) {
  const Lanes re = by_lane(op.lane_ones, trig[0], 1.0);
  const Lanes im = by_lane(op.lane_ones, trig[1], 0.0);
  const std::size_t free = (blocks - 1) & ~std::size_t{op.block_ones};
  std::size_t rest = 0;
  do {
    multiply(tile + 2 * (rest | op.block_ones), re, im);
    rest = next_subset(rest, free);
  } while (rest != 0);
}

BORNITE_KERNEL
void undo_phase_masked(TilePair tile, std::size_t blocks, const TileOp& op, const double* trig, double* sums) {
  const Lanes re = by_lane(op.lane_ones, trig[0], 1.0);
  const Lanes im = by_lane(op.lane_ones, trig[1], 0.0);
  const std::size_t free = (blocks - 1) & ~std::size_t{op.block_ones};
  Lanes total{};
  std::size_t rest = 0;
  do {
    const std::size_t at = 2 * (rest | op.block_ones);
    total += undo_multiply(tile.psi + at, tile.lambda + at, re, im);
    rest = next_subset(rest, free);
  } while (rest != 0);
  sums[0] += sum(total * by_lane(op.lane_ones, 1.0, 0.0));
}

}  // namespace
}  // namespace bornite::statevector
