// Uncontrolled rotations, several at a time in registers: of qubits that number the blocks, alone or with those inside
// a block. Ry is real, so real and imaginary parts are alike here.

namespace bornite::statevector {
namespace {

/// 2^Count vectors that Count rotations mix: where the first lies, and how far the others are.
template <std::size_t Count>
struct Cells {
  std::size_t offset[std::size_t{1} << Count];
  std::size_t bit[Count];

  BORNITE_INLINE explicit Cells(const TileOp& op) {
    for (std::size_t m = 0; m != Count; ++m)
      bit[m] = op.bits[op.lane_count + m] - (lane_qubits - 1);  // vector number: block, re/im
    for (std::size_t j = 0; j != (std::size_t{1} << Count); ++j) {
      offset[j] = 0;
      for (std::size_t m = 0; m != Count; ++m) offset[j] |= (j >> m & 1) << bit[m];
    }
  }
  [[nodiscard]] BORNITE_INLINE std::size_t first(std::size_t i) const {
    for (std::size_t m = 0; m != Count; ++m) i = insert_zero(i, bit[m]);
    return i;
  }
};

/// What Count rotations do to the vectors of a cell.
template <std::size_t Count, bool Tangent>
BORNITE_INLINE void rotate_cell(Lanes (&a)[std::size_t{1} << Count], const double* trig) {
#pragma GCC unroll 3
  for (std::size_t m = 0; m < Count; ++m) {
    const Lanes c = all_lanes(trig[2 * m]);
    const Lanes s = all_lanes(trig[2 * m + 1]);
#pragma GCC unroll 8
    for (std::size_t j = 0; j < (std::size_t{1} << Count); ++j) {
      if (j >> m & 1) continue;
      const std::size_t k = j | std::size_t{1} << m;
      const Lanes x = a[j];
      a[j] = (Tangent ? x : c * x) - s * a[k];
      a[k] = s * x + (Tangent ? a[k] : c * a[k]);
    }
  }
}

template <std::size_t Count, bool Tangent>
BORNITE_INLINE void undo_rotate_cell(Lanes (&p)[std::size_t{1} << Count], Lanes (&l)[std::size_t{1} << Count],
                                     const double* trig, Lanes (&total)[Count]) {
#pragma GCC unroll 3
  for (std::size_t m = 0; m < Count; ++m) {
    const Lanes c = all_lanes(trig[2 * m]);
    const Lanes s = all_lanes(trig[2 * m + 1]);
#pragma GCC unroll 8
    for (std::size_t j = 0; j < (std::size_t{1} << Count); ++j) {
      if (j >> m & 1) continue;
      const std::size_t k = j | std::size_t{1} << m;
      total[m] += l[k] * p[j];
      total[m] -= l[j] * p[k];
      const Lanes x = p[j];
      p[j] = (Tangent ? x : c * x) + s * p[k];
      p[k] = (Tangent ? p[k] : c * p[k]) - s * x;
      const Lanes y = l[j];
      l[j] = (Tangent ? y : c * y) + s * l[k];
      l[k] = (Tangent ? l[k] : c * l[k]) - s * y;
    }
  }
}

/// `Inside`: with rotations inside the blocks.
template <std::size_t Count, bool Tangent, bool Inside>
BORNITE_INLINE void rotate(Lanes* tile, std::size_t vectors, const TileOp& op, const double* trig) {
  constexpr std::size_t size = std::size_t{1} << Count;
  const Cells<Count> cells(op);
  const LaneRotations inside(op, trig, -1.0);
  const double* const block_trig = trig + 2 * op.lane_count;
  for (std::size_t i = 0; i != vectors >> Count; ++i) {
    Lanes* const at = tile + cells.first(i);
    Lanes a[size];
#pragma GCC unroll 8
    for (std::size_t j = 0; j < size; ++j) {
      a[j] = at[cells.offset[j]];
      if constexpr (Inside) a[j] = rotate_inside_vector<7, Tangent>(a[j], inside);
    }
    rotate_cell<Count, Tangent>(a, block_trig);
#pragma GCC unroll 8
    for (std::size_t j = 0; j < size; ++j) at[cells.offset[j]] = a[j];
  }
}

template <std::size_t Count, bool Tangent, bool Inside>
BORNITE_INLINE void undo_rotate(TilePair tile, std::size_t vectors, const TileOp& op, const double* trig,
                                double* sums) {
  constexpr std::size_t size = std::size_t{1} << Count;
  const Cells<Count> cells(op);
  const LaneRotations inside(op, trig, 1.0);
  const double* const block_trig = trig + 2 * op.lane_count;
  Lanes total[Count] = {};
  Lanes lane_total[lane_qubits] = {};
  for (std::size_t i = 0; i != vectors >> Count; ++i) {
    const std::size_t first = cells.first(i);
    Lanes p[size];
    Lanes l[size];
#pragma GCC unroll 8
    for (std::size_t j = 0; j < size; ++j) {
      p[j] = tile.psi[first + cells.offset[j]];
      l[j] = tile.lambda[first + cells.offset[j]];
      if constexpr (Inside) undo_inside_vector<7, Tangent>(p[j], l[j], inside, lane_total);
    }
    undo_rotate_cell<Count, Tangent>(p, l, block_trig, total);
#pragma GCC unroll 8
    for (std::size_t j = 0; j < size; ++j) {
      tile.psi[first + cells.offset[j]] = p[j];
      tile.lambda[first + cells.offset[j]] = l[j];
    }
  }
  if constexpr (Inside) add_lane_sums(op, lane_total, sums);
  for (std::size_t m = 0; m != Count; ++m) sums[op.lane_count + m] += sum(total[m]);
}

template <bool Tangent, bool Inside>
BORNITE_INLINE void rotate_any(Lanes* tile, std::size_t vectors, const TileOp& op, const double* trig) {
  const std::size_t count = op.count - op.lane_count;
  if (count == 3) return rotate<3, Tangent, Inside>(tile, vectors, op, trig);
  if (count == 2) return rotate<2, Tangent, Inside>(tile, vectors, op, trig);
  rotate<1, Tangent, Inside>(tile, vectors, op, trig);
}

template <bool Tangent, bool Inside>
BORNITE_INLINE void undo_rotate_any(TilePair tile, std::size_t vectors, const TileOp& op, const double* trig,
                                    double* sums) {
  const std::size_t count = op.count - op.lane_count;
  if (count == 3) return undo_rotate<3, Tangent, Inside>(tile, vectors, op, trig, sums);
  if (count == 2) return undo_rotate<2, Tangent, Inside>(tile, vectors, op, trig, sums);
  undo_rotate<1, Tangent, Inside>(tile, vectors, op, trig, sums);
}

BORNITE_KERNEL
void rotate_blocks(Lanes* tile, std::size_t blocks, const TileOp& op, const double* trig) {
  if (in_tangent_form(op, trig)) return rotate_any<true, false>(tile, 2 * blocks, op, trig);
  rotate_any<false, false>(tile, 2 * blocks, op, trig);
}

BORNITE_KERNEL
void undo_rotate_blocks(TilePair tile, std::size_t blocks, const TileOp& op, const double* trig, double* sums) {
  if (in_tangent_form(op, trig)) return undo_rotate_any<true, false>(tile, 2 * blocks, op, trig, sums);
  undo_rotate_any<false, false>(tile, 2 * blocks, op, trig, sums);
}

BORNITE_KERNEL
void rotate_both(Lanes* tile, std::size_t blocks, const TileOp& op, const double* trig) {
  if (in_tangent_form(op, trig)) return rotate_any<true, true>(tile, 2 * blocks, op, trig);
  rotate_any<false, true>(tile, 2 * blocks, op, trig);
}

BORNITE_KERNEL
void undo_rotate_both(TilePair tile, std::size_t blocks, const TileOp& op, const double* trig, double* sums) {
  if (in_tangent_form(op, trig)) return undo_rotate_any<true, true>(tile, 2 * blocks, op, trig, sums);
  undo_rotate_any<false, true>(tile, 2 * blocks, op, trig, sums);
}

}  // namespace
}  // namespace bornite::statevector
