// Uncontrolled rotations, several at a time in registers: of qubits that number the blocks, alone or with those inside
// a block. Ry is real, so real and imaginary parts are alike here.

namespace bornite::statevector {
namespace {

/// 2^Count lines that Count rotations mix: how far they are from the first, in vectors, and which lines are the first.
template <typename Real, std::size_t Count>
struct Cells {
  std::size_t offset[std::size_t{1} << Count];
  std::size_t free;

  BORNITE_INLINE Cells(const TileOp& op, std::size_t lines) : free(lines - 1) {
    offset[0] = 0;
    for (std::size_t m = 0; m != Count; ++m) {
      const std::size_t bit = op.bits[op.lane_count + m] - (line_bits<Real> - 1);  // of the line number: block, re/im
      free &= ~(std::size_t{1} << bit);
      for (std::size_t j = 0; j != std::size_t{1} << m; ++j)
        offset[j | std::size_t{1} << m] = offset[j] + (parts << bit);
    }
  }
};

/// Cosines and sines of Count rotations.
template <typename Real, std::size_t Count>
struct CellRotations {
  Vector<Real> c[Count];
  Vector<Real> s[Count];

  BORNITE_INLINE CellRotations(const TileOp& op, const double* trig) {
    for (std::size_t m = 0; m != Count; ++m) {
      const double* const pair = trig + 2 * op.places[op.lane_count + m];
      c[m] = all_lanes<Real>(pair[0]);
      s[m] = all_lanes<Real>(pair[1]);
    }
  }
};

/// What Count rotations do to the vectors of a cell.
template <typename Real, std::size_t Count, bool Tangent>
BORNITE_INLINE void rotate_cell(Vector<Real> (&a)[std::size_t{1} << Count], const CellRotations<Real, Count>& r) {
#pragma GCC unroll 4
  for (std::size_t m = 0; m < Count; ++m) {
#pragma GCC unroll 16
    for (std::size_t j = 0; j < (std::size_t{1} << Count); ++j) {
      if (j >> m & 1) continue;
      const std::size_t k = j | std::size_t{1} << m;
      const Vector<Real> x = a[j];
      a[j] = (Tangent ? x : r.c[m] * x) - r.s[m] * a[k];
      a[k] = r.s[m] * x + (Tangent ? a[k] : r.c[m] * a[k]);
    }
  }
}

/// The same if all but the first are zero, whatever they hold.
template <typename Real, std::size_t Count, bool Tangent>
BORNITE_INLINE void spread_cell(Vector<Real> (&a)[std::size_t{1} << Count], const CellRotations<Real, Count>& r) {
#pragma GCC unroll 4
  for (std::size_t m = 0; m < Count; ++m) {
#pragma GCC unroll 8
    for (std::size_t j = 0; j < (std::size_t{1} << m); ++j) {
      a[j | std::size_t{1} << m] = r.s[m] * a[j];
      if constexpr (!Tangent) a[j] = r.c[m] * a[j];
    }
  }
}

/// The sums over pairs have two halves, so that adding to one need not wait for the other.
template <typename Real, std::size_t Count>
struct CellSums {
  Vector<Real> plus[Count] = {};
  Vector<Real> minus[Count] = {};
};

template <typename Real, std::size_t Count, bool Tangent>
BORNITE_INLINE void undo_rotate_cell(Vector<Real> (&p)[std::size_t{1} << Count],
                                     Vector<Real> (&l)[std::size_t{1} << Count], const CellRotations<Real, Count>& r,
                                     CellSums<Real, Count>& total) {
#pragma GCC unroll 3
  for (std::size_t m = 0; m < Count; ++m) {
#pragma GCC unroll 8
    for (std::size_t j = 0; j < (std::size_t{1} << Count); ++j) {
      if (j >> m & 1) continue;
      const std::size_t k = j | std::size_t{1} << m;
      total.plus[m] += l[k] * p[j];
      total.minus[m] += l[j] * p[k];
      const Vector<Real> x = p[j];
      p[j] = (Tangent ? x : r.c[m] * x) + r.s[m] * p[k];
      p[k] = (Tangent ? p[k] : r.c[m] * p[k]) - r.s[m] * x;
      const Vector<Real> y = l[j];
      l[j] = (Tangent ? y : r.c[m] * y) + r.s[m] * l[k];
      l[k] = (Tangent ? l[k] : r.c[m] * l[k]) - r.s[m] * y;
    }
  }
}

/// All rotations inside lines that are one vector, each rotation on all lines before the next, which waits for it.
template <typename Real, std::size_t Lines, bool Tangent, std::size_t Size, std::size_t Bit = 0>
BORNITE_INLINE void rotate_whole_lines(Vector<Real> (&a)[Size], const LaneRotations<Real>& inside) {
  if constexpr (Bit < line_bits<Real>) {
#pragma GCC unroll 16
    for (std::size_t j = 0; j < Lines; ++j)
      a[j] = (Tangent ? a[j] : inside.of[Bit].c * a[j]) + inside.of[Bit].s * swap_lanes<Real, Bit>(a[j]);
    rotate_whole_lines<Real, Lines, Tangent, Size, Bit + 1>(a, inside);
  }
}

/// The lines of a cell, part by part.
template <typename Real, std::size_t Size>
using Cell = Vector<Real>[parts][Size];

/// `Inside`: with rotations inside the blocks. Where a line takes several vectors, the cell is worked on in two steps
/// that each fit the registers: line by line, and then part by part. `Spread`: only the first line of a cell has been
/// written, the others are zero. `Asks`: whether there is anything to ask for.
template <typename Real, std::size_t Count, bool Tangent, bool Inside, bool Spread, bool Asks>
BORNITE_INLINE void rotate(Vector<Real>* tile, std::size_t lines, const TileOp& op, const double* trig, Ahead& ahead) {
  constexpr std::size_t size = std::size_t{1} << Count;
  constexpr std::size_t read = Spread ? 1 : size;
  const Cells<Real, Count> cells(op, lines);
  const LaneRotations<Real> inside(op, trig, -1.0);
  const CellRotations<Real, Count> between(op, trig);
  std::size_t line = 0;
  do {
    if constexpr (Asks) ahead.ask();
    Vector<Real>* const at = tile + line * parts;
    Cell<Real, size> a;
    if constexpr (Inside && parts == 1) {
#pragma GCC unroll 16
      for (std::size_t j = 0; j < read; ++j) a[0][j] = at[cells.offset[j]];
      rotate_whole_lines<Real, read, Tangent, size>(a[0], inside);
    } else if constexpr (Inside) {
#pragma GCC unroll 16
      for (std::size_t j = 0; j < read; ++j) {
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
#pragma GCC unroll 16
        for (std::size_t j = 0; j < read; ++j) a[p][j] = at[cells.offset[j] + p];
      }
      if constexpr (Spread)
        spread_cell<Real, Count, Tangent>(a[p], between);
      else
        rotate_cell<Real, Count, Tangent>(a[p], between);
#pragma GCC unroll 16
      for (std::size_t j = 0; j < size; ++j) at[cells.offset[j] + p] = a[p][j];
    }
    line = next_subset(line, cells.free);
  } while (line != 0);
}

/// `Asks`: whether there is anything to ask for; to look each time takes a thirtieth of the loop.
template <typename Real, std::size_t Count, bool Tangent, bool Inside, bool Asks>
BORNITE_INLINE void undo_rotate(TilePair tile, std::size_t lines, const TileOp& op, const double* trig, double* sums,
                                Ahead& ahead) {
  constexpr std::size_t size = std::size_t{1} << Count;
  const Cells<Real, Count> cells(op, lines);
  const LaneRotations<Real> inside(op, trig, 1.0);
  const CellRotations<Real, Count> between(op, trig);
  CellSums<Real, Count> total;
  Vector<Real> lane_total[line_bits<Real>] = {};
  std::size_t line = 0;
  do {
    if constexpr (Asks) ahead.ask();
    Vector<Real>* const psi = vectors<Real>(tile.psi) + line * parts;
    Vector<Real>* const lambda = vectors<Real>(tile.lambda) + line * parts;
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
      undo_rotate_cell<Real, Count, Tangent>(a[p], b[p], between, total);
#pragma GCC unroll 8
      for (std::size_t j = 0; j < size; ++j) {
        psi[cells.offset[j] + p] = a[p][j];
        lambda[cells.offset[j] + p] = b[p][j];
      }
    }
    line = next_subset(line, cells.free);
  } while (line != 0);
  if constexpr (Inside) add_lane_sums<Real>(op, lane_total, sums);
  for (std::size_t m = 0; m != Count; ++m) sums[op.lane_count + m] += sum(total.plus[m] - total.minus[m]);
}

template <typename Real, bool Tangent, bool Inside, bool Spread, bool Asks>
BORNITE_INLINE void rotate_any(Block* tile, std::size_t blocks, const TileOp& op, const double* trig, Ahead& ahead) {
  const std::size_t count = op.count - op.lane_count;
  Vector<Real>* const at = vectors<Real>(tile);
  if (count == 4) return rotate<Real, 4, Tangent, Inside, Spread, Asks>(at, 2 * blocks, op, trig, ahead);
  if (count == 3) return rotate<Real, 3, Tangent, Inside, Spread, Asks>(at, 2 * blocks, op, trig, ahead);
  if (count == 2) return rotate<Real, 2, Tangent, Inside, Spread, Asks>(at, 2 * blocks, op, trig, ahead);
  rotate<Real, 1, Tangent, Inside, Spread, Asks>(at, 2 * blocks, op, trig, ahead);
}

template <typename Real, bool Tangent, bool Inside, bool Asks>
BORNITE_INLINE void undo_rotate_any(TilePair tile, std::size_t blocks, const TileOp& op, const double* trig,
                                    double* sums, Ahead& ahead) {
  const std::size_t count = op.count - op.lane_count;
  if (count == 3) return undo_rotate<Real, 3, Tangent, Inside, Asks>(tile, 2 * blocks, op, trig, sums, ahead);
  if (count == 2) return undo_rotate<Real, 2, Tangent, Inside, Asks>(tile, 2 * blocks, op, trig, sums, ahead);
  undo_rotate<Real, 1, Tangent, Inside, Asks>(tile, 2 * blocks, op, trig, sums, ahead);
}

template <typename Real, bool Inside, bool Spread>
BORNITE_KERNEL void rotate_together(Block* tile, std::size_t blocks, const TileOp& op, const double* trig,
                                    Ahead& ahead) {
  if (!in_tangent_form(op, trig)) return rotate_any<Real, false, Inside, Spread, true>(tile, blocks, op, trig, ahead);
  if (ahead.empty()) return rotate_any<Real, true, Inside, Spread, false>(tile, blocks, op, trig, ahead);
  rotate_any<Real, true, Inside, Spread, true>(tile, blocks, op, trig, ahead);
}

template <typename Real, bool Inside>
BORNITE_KERNEL void undo_rotate_together(TilePair tile, std::size_t blocks, const TileOp& op, const double* trig,
                                         double* sums, Ahead& ahead) {
  if (!in_tangent_form(op, trig))
    return undo_rotate_any<Real, false, Inside, true>(tile, blocks, op, trig, sums, ahead);
  if (ahead.empty()) return undo_rotate_any<Real, true, Inside, false>(tile, blocks, op, trig, sums, ahead);
  undo_rotate_any<Real, true, Inside, true>(tile, blocks, op, trig, sums, ahead);
}

}  // namespace
}  // namespace bornite::statevector
