// Uncontrolled rotations, several at a time in registers: of qubits that number the blocks, alone or with those inside
// a block. Ry is real, so real and imaginary parts are alike here.

namespace bornite::statevector {
namespace {

/// `i` with a zero put in at `bit`.
BORNITE_INLINE std::size_t insert_zero(std::size_t i, std::size_t bit) {
  return ((i >> bit) << (bit + 1)) | (i & ((std::size_t{1} << bit) - 1));
}

/// 2^Count lines that Count rotations mix: where the first lies, and how far the others are, in vectors.
template <typename Real, std::size_t Count>
struct Cells {
  std::size_t offset[std::size_t{1} << Count];
  std::size_t bit[Count];

  BORNITE_INLINE explicit Cells(const TileOp& op) {
    for (std::size_t m = 0; m != Count; ++m)
      bit[m] = op.bits[op.lane_count + m] - (line_bits<Real> - 1);  // line number: block, re/im
    for (std::size_t j = 0; j != (std::size_t{1} << Count); ++j) {
      offset[j] = 0;
      for (std::size_t m = 0; m != Count; ++m) offset[j] |= (j >> m & 1) << bit[m];
      offset[j] *= parts;
    }
  }
  [[nodiscard]] BORNITE_INLINE std::size_t first(std::size_t i) const {
    for (std::size_t m = 0; m != Count; ++m) i = insert_zero(i, bit[m]);
    return i * parts;
  }
};

/// What Count rotations do to the vectors of a cell.
template <typename Real, std::size_t Count, bool Tangent>
BORNITE_INLINE void rotate_cell(Vector<Real> (&a)[std::size_t{1} << Count], const double* trig) {
#pragma GCC unroll 3
  for (std::size_t m = 0; m < Count; ++m) {
    const Vector<Real> c = all_lanes<Real>(trig[2 * m]);
    const Vector<Real> s = all_lanes<Real>(trig[2 * m + 1]);
#pragma GCC unroll 8
    for (std::size_t j = 0; j < (std::size_t{1} << Count); ++j) {
      if (j >> m & 1) continue;
      const std::size_t k = j | std::size_t{1} << m;
      const Vector<Real> x = a[j];
      a[j] = (Tangent ? x : c * x) - s * a[k];
      a[k] = s * x + (Tangent ? a[k] : c * a[k]);
    }
  }
}

template <typename Real, std::size_t Count, bool Tangent>
BORNITE_INLINE void undo_rotate_cell(Vector<Real> (&p)[std::size_t{1} << Count],
                                     Vector<Real> (&l)[std::size_t{1} << Count], const double* trig,
                                     Vector<Real> (&total)[Count]) {
#pragma GCC unroll 3
  for (std::size_t m = 0; m < Count; ++m) {
    const Vector<Real> c = all_lanes<Real>(trig[2 * m]);
    const Vector<Real> s = all_lanes<Real>(trig[2 * m + 1]);
#pragma GCC unroll 8
    for (std::size_t j = 0; j < (std::size_t{1} << Count); ++j) {
      if (j >> m & 1) continue;
      const std::size_t k = j | std::size_t{1} << m;
      total[m] += l[k] * p[j];
      total[m] -= l[j] * p[k];
      const Vector<Real> x = p[j];
      p[j] = (Tangent ? x : c * x) + s * p[k];
      p[k] = (Tangent ? p[k] : c * p[k]) - s * x;
      const Vector<Real> y = l[j];
      l[j] = (Tangent ? y : c * y) + s * l[k];
      l[k] = (Tangent ? l[k] : c * l[k]) - s * y;
    }
  }
}

/// The lines of a cell, part by part.
template <typename Real, std::size_t Size>
using Cell = Vector<Real>[parts][Size];

/// `Inside`: with rotations inside the blocks. Where a line takes several vectors, the cell is worked on in two steps
/// that each fit the registers: line by line, and then part by part.
template <typename Real, std::size_t Count, bool Tangent, bool Inside>
BORNITE_INLINE void rotate(Vector<Real>* tile, std::size_t lines, const TileOp& op, const double* trig) {
  constexpr std::size_t size = std::size_t{1} << Count;
  const Cells<Real, Count> cells(op);
  const LaneRotations<Real> inside(op, trig, -1.0);
  const double* const block_trig = trig + 2 * op.lane_count;
  for (std::size_t i = 0; i != lines >> Count; ++i) {
    Vector<Real>* const at = tile + cells.first(i);
    Cell<Real, size> a;
    if constexpr (Inside) {
#pragma GCC unroll 8
      for (std::size_t j = 0; j < size; ++j) {
        Vector<Real> v[parts];
        load_line<Real>(at + cells.offset[j], v);
        rotate_line<Real, Tangent>(v, inside);
#pragma GCC unroll 4
        for (std::size_t p = 0; p < parts; ++p) a[p][j] = v[p];
      }
    }
#pragma GCC unroll 1
    for (std::size_t p = 0; p < parts; ++p) {
      if constexpr (!Inside) {
#pragma GCC unroll 8
        for (std::size_t j = 0; j < size; ++j) a[p][j] = at[cells.offset[j] + p];
      }
      rotate_cell<Real, Count, Tangent>(a[p], block_trig);
#pragma GCC unroll 8
      for (std::size_t j = 0; j < size; ++j) at[cells.offset[j] + p] = a[p][j];
    }
  }
}

template <typename Real, std::size_t Count, bool Tangent, bool Inside>
BORNITE_INLINE void undo_rotate(TilePair tile, std::size_t lines, const TileOp& op, const double* trig, double* sums) {
  constexpr std::size_t size = std::size_t{1} << Count;
  const Cells<Real, Count> cells(op);
  const LaneRotations<Real> inside(op, trig, 1.0);
  const double* const block_trig = trig + 2 * op.lane_count;
  Vector<Real> total[Count] = {};
  Vector<Real> lane_total[line_bits<Real>] = {};
  for (std::size_t i = 0; i != lines >> Count; ++i) {
    Vector<Real>* const psi = vectors<Real>(tile.psi) + cells.first(i);
    Vector<Real>* const lambda = vectors<Real>(tile.lambda) + cells.first(i);
    Cell<Real, size> a;
    Cell<Real, size> b;
    if constexpr (Inside) {
#pragma GCC unroll 8
      for (std::size_t j = 0; j < size; ++j) {
        Vector<Real> v[parts];
        Vector<Real> w[parts];
        load_line<Real>(psi + cells.offset[j], v);
        load_line<Real>(lambda + cells.offset[j], w);
        undo_line<Real, Tangent>(v, w, inside, lane_total);
#pragma GCC unroll 4
        for (std::size_t p = 0; p < parts; ++p) {
          a[p][j] = v[p];
          b[p][j] = w[p];
        }
      }
    }
#pragma GCC unroll 1
    for (std::size_t p = 0; p < parts; ++p) {
      if constexpr (!Inside) {
#pragma GCC unroll 8
        for (std::size_t j = 0; j < size; ++j) {
          a[p][j] = psi[cells.offset[j] + p];
          b[p][j] = lambda[cells.offset[j] + p];
        }
      }
      undo_rotate_cell<Real, Count, Tangent>(a[p], b[p], block_trig, total);
#pragma GCC unroll 8
      for (std::size_t j = 0; j < size; ++j) {
        psi[cells.offset[j] + p] = a[p][j];
        lambda[cells.offset[j] + p] = b[p][j];
      }
    }
  }
  if constexpr (Inside) add_lane_sums<Real>(op, lane_total, sums);
  for (std::size_t m = 0; m != Count; ++m) sums[op.lane_count + m] += sum(total[m]);
}

template <typename Real, bool Tangent, bool Inside>
BORNITE_INLINE void rotate_any(Block* tile, std::size_t blocks, const TileOp& op, const double* trig) {
  const std::size_t count = op.count - op.lane_count;
  Vector<Real>* const at = vectors<Real>(tile);
  if (count == 3) return rotate<Real, 3, Tangent, Inside>(at, 2 * blocks, op, trig);
  if (count == 2) return rotate<Real, 2, Tangent, Inside>(at, 2 * blocks, op, trig);
  rotate<Real, 1, Tangent, Inside>(at, 2 * blocks, op, trig);
}

template <typename Real, bool Tangent, bool Inside>
BORNITE_INLINE void undo_rotate_any(TilePair tile, std::size_t blocks, const TileOp& op, const double* trig,
                                    double* sums) {
  const std::size_t count = op.count - op.lane_count;
  if (count == 3) return undo_rotate<Real, 3, Tangent, Inside>(tile, 2 * blocks, op, trig, sums);
  if (count == 2) return undo_rotate<Real, 2, Tangent, Inside>(tile, 2 * blocks, op, trig, sums);
  undo_rotate<Real, 1, Tangent, Inside>(tile, 2 * blocks, op, trig, sums);
}

template <typename Real, bool Inside>
BORNITE_KERNEL void rotate_together(Block* tile, std::size_t blocks, const TileOp& op, const double* trig) {
  if (in_tangent_form(op, trig)) return rotate_any<Real, true, Inside>(tile, blocks, op, trig);
  rotate_any<Real, false, Inside>(tile, blocks, op, trig);
}

template <typename Real, bool Inside>
BORNITE_KERNEL void undo_rotate_together(TilePair tile, std::size_t blocks, const TileOp& op, const double* trig,
                                         double* sums) {
  if (in_tangent_form(op, trig)) return undo_rotate_any<Real, true, Inside>(tile, blocks, op, trig, sums);
  undo_rotate_any<Real, false, Inside>(tile, blocks, op, trig, sums);
}

}  // namespace
}  // namespace bornite::statevector
