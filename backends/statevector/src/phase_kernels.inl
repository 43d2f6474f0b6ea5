// Diagonal operations.

namespace bornite::statevector {
namespace {

template <typename Real>
struct Phase {
  Vector<Real> re;
  Vector<Real> im;
};

/// Multiplies a vector of real parts and that of their imaginary parts, one line further on.
template <typename Real>
BORNITE_INLINE void multiply(Vector<Real>* at, const Phase<Real>& phase) {
  const Vector<Real> x = at[0];
  const Vector<Real> y = at[parts];
  at[0] = phase.re * x - phase.im * y;
  at[parts] = phase.re * y + phase.im * x;
}

template <typename Real>
BORNITE_INLINE Vector<Real> undo_multiply(Vector<Real>* psi, Vector<Real>* lambda, const Phase<Real>& phase) {
  const Vector<Real> w = lambda[0] * psi[parts] - lambda[parts] * psi[0];
  const Phase<Real> back{phase.re, -phase.im};
  multiply<Real>(psi, back);
  multiply<Real>(lambda, back);
  return w;
}

/// The low factor of a phase table, ready for blocks of the tile, and how many blocks that is.
template <typename Real>
struct LowPhases {
  static constexpr std::size_t most_blocks = (std::size_t{1} << table_columns) / line_width<Real>;
  std::size_t blocks;
  Phase<Real> of[most_blocks * parts];

  BORNITE_INLINE LowPhases(PhaseTables tables, std::size_t tile_blocks)
      : blocks(std::min(tables.low_size / line_width<Real>, tile_blocks)) {
    for (std::size_t i = 0; i != blocks * parts; ++i)
      of[i] = {rounded<Real>(tables.data + i * width<Real>),
               rounded<Real>(tables.data + tables.low_size + i * width<Real>)};
  }
};

/// An element of the high factor.
template <typename Real>
BORNITE_INLINE Phase<Real> high_phase(PhaseTables tables, std::size_t j) {
  const double* const high = tables.data + 2 * tables.low_size;
  return {all_lanes<Real>(high[j]), all_lanes<Real>(high[tables.high_size + j])};
}

template <typename Real>
BORNITE_INLINE Phase<Real> product(const Phase<Real>& a, const Phase<Real>& b) {
  return {a.re * b.re - a.im * b.im, a.re * b.im + a.im * b.re};
}

/// An element of the table; `ByRows`: that of the high factor alone.
template <typename Real, bool ByRows>
BORNITE_INLINE Phase<Real> element(const LowPhases<Real>& low, std::size_t i, const Phase<Real>& high) {
  if constexpr (ByRows) return high;
  return product<Real>(low.of[i], high);
}

template <typename Real, bool ByRows>
BORNITE_INLINE void multiply_all(Block* tile, std::size_t blocks, PhaseTables tables) {
  const LowPhases<Real> low(tables, blocks);
  Vector<Real>* at = vectors<Real>(tile);
  for (std::size_t j = 0; j != blocks / low.blocks; ++j) {
    const Phase<Real> high = high_phase<Real>(tables, j);
    for (std::size_t i = 0; i != low.blocks; ++i, at += block_vectors)
#pragma GCC unroll 4
      for (std::size_t p = 0; p < parts; ++p) multiply<Real>(at + p, element<Real, ByRows>(low, i * parts + p, high));
  }
}

template <typename Real>
BORNITE_KERNEL void multiply_phases(Block* tile, std::size_t blocks, PhaseTables tables) {
  if (tables.by_rows) return multiply_all<Real, true>(tile, blocks, tables);
  multiply_all<Real, false>(tile, blocks, tables);
}

template <typename Real, bool ByRows>
BORNITE_INLINE void undo_all(TilePair tile, std::size_t blocks, PhaseTables tables, PhaseSums sums) {
  const LowPhases<Real> low(tables, blocks);
  Vector<Real>* psi = vectors<Real>(tile.psi);
  Vector<Real>* lambda = vectors<Real>(tile.lambda);
  Vector<Real> columns[LowPhases<Real>::most_blocks * parts] = {};
  for (std::size_t j = 0; j != blocks / low.blocks; ++j) {
    const Phase<Real> high = high_phase<Real>(tables, j);
    Vector<Real> row{};
    for (std::size_t i = 0; i != low.blocks; ++i, psi += block_vectors, lambda += block_vectors) {
#pragma GCC unroll 4
      for (std::size_t p = 0; p < parts; ++p) {
        const Phase<Real> phase = element<Real, ByRows>(low, i * parts + p, high);
        const Vector<Real> w = undo_multiply<Real>(psi + p, lambda + p, phase);
        if constexpr (!ByRows) columns[i * parts + p] += w;
        row += w;
      }
    }
    sums.row_sums[j] = sum(row);
  }
  if constexpr (ByRows) return;
  for (std::size_t i = 0; i != low.blocks * parts; ++i)
    for (std::size_t l = 0; l != width<Real>; ++l) sums.column_sums[i * width<Real> + l] = columns[i][l];
}

template <typename Real>
BORNITE_KERNEL void undo_multiply_phases(TilePair tile, std::size_t blocks, PhaseTables tables, PhaseSums sums) {
  if (tables.by_rows) return undo_all<Real, true>(tile, blocks, tables, sums);
  undo_all<Real, false>(tile, blocks, tables, sums);
}

/// The phase by lane, part by part.
template <typename Real>
struct LanePhases {
  Phase<Real> of[parts];

  BORNITE_INLINE LanePhases(const TileOp& op, const double* trig) {
    for (std::size_t p = 0; p != parts; ++p)
      of[p] = {by_lane<Real>(p, op.lane_ones, trig[0], 1.0), by_lane<Real>(p, op.lane_ones, trig[1], 0.0)};
  }
};

template <typename Real>
BORNITE_KERNEL void phase_masked(Block* tile, std::size_t blocks, const TileOp& op, const double* trig) {
  const LanePhases<Real> phases(op, trig);
  const std::size_t free = free_blocks(op, blocks);
  std::size_t rest = 0;
  do {
    Vector<Real>* const at = vectors<Real>(tile + (rest | op.block_ones));
    for (std::size_t p = 0; p != parts; ++p) multiply<Real>(at + p, phases.of[p]);
    rest = next_subset(rest, free);
  } while (rest != 0);
}

template <typename Real>
BORNITE_KERNEL void undo_phase_masked(TilePair tile, std::size_t blocks, const TileOp& op, const double* trig,
                                      double* sums) {
  const LanePhases<Real> phases(op, trig);
  const std::size_t free = free_blocks(op, blocks);
  Vector<Real> total[parts] = {};
  std::size_t rest = 0;
  do {
    const std::size_t block = rest | op.block_ones;
    for (std::size_t p = 0; p != parts; ++p)
      total[p] += undo_multiply<Real>(vectors<Real>(tile.psi + block) + p, vectors<Real>(tile.lambda + block) + p,
                                      phases.of[p]);
    rest = next_subset(rest, free);
  } while (rest != 0);
  for (std::size_t p = 0; p != parts; ++p) sums[0] += sum(total[p] * by_lane<Real>(p, op.lane_ones, 1.0, 0.0));
}

}  // namespace
}  // namespace bornite::statevector
