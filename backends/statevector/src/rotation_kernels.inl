// Uncontrolled rotations, several at a time in registers. Ry is real, so real and imaginary parts are alike here.

namespace bornite::statevector {
namespace {

BORNITE_INLINE bool in_tangent_form(const TileOp& op, const double* trig) {
  for (std::size_t m = 0; m != op.count; ++m)
    if (trig[2 * m] != 1.0) return false;
  return true;
}

/// 2^Count vectors that Count rotations mix: where the first lies, and how far the others are.
template <std::size_t Count>
struct Cells {
  std::size_t offset[std::size_t{1} << Count];
  std::size_t bit[Count];

  BORNITE_INLINE explicit Cells(const TileOp& op) {
    for (std::size_t m = 0; m != Count; ++m) bit[m] = op.bits[m] - (lane_qubits - 1);  // vector number: block, re/im
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

template <std::size_t Count, bool Tangent>
BORNITE_INLINE void rotate(Lanes* tile, std::size_t vectors, const TileOp& op, const double* trig) {
  constexpr std::size_t size = std::size_t{1} << Count;
  const Cells<Count> cells(op);
  for (std::size_t i = 0; i != vectors >> Count; ++i) {
    Lanes* const at = tile + cells.first(i);
    Lanes a[size];
#pragma GCC unroll 8
    for (std::size_t j = 0; j < size; ++j) a[j] = at[cells.offset[j]];
#pragma GCC unroll 3
    for (std::size_t m = 0; m < Count; ++m) {
      const Lanes c = all_lanes(trig[2 * m]);
      const Lanes s = all_lanes(trig[2 * m + 1]);
#pragma GCC unroll 8
      for (std::size_t j = 0; j < size; ++j) {
        if (j >> m & 1) continue;
        const std::size_t k = j | std::size_t{1} << m;
        const Lanes x = a[j];
        a[j] = (Tangent ? x : c * x) - s * a[k];
        a[k] = s * x + (Tangent ? a[k] : c * a[k]);
      }
    }
#pragma GCC unroll 8
    for (std::size_t j = 0; j < size; ++j) at[cells.offset[j]] = a[j];
  }
}

template <std::size_t Count, bool Tangent>
BORNITE_INLINE void undo_rotate(TilePair tile, std::size_t vectors, const TileOp& op, const double* trig,
                                double* sums) {
  constexpr std::size_t size = std::size_t{1} << Count;
  const Cells<Count> cells(op);
  Lanes total[Count] = {};
  for (std::size_t i = 0; i != vectors >> Count; ++i) {
    const std::size_t first = cells.first(i);
    Lanes p[size];
    Lanes l[size];
#pragma GCC unroll 8
    for (std::size_t j = 0; j < size; ++j) {
      p[j] = tile.psi[first + cells.offset[j]];
      l[j] = tile.lambda[first + cells.offset[j]];
    }
#pragma GCC unroll 3
    for (std::size_t m = 0; m < Count; ++m) {
      const Lanes c = all_lanes(trig[2 * m]);
      const Lanes s = all_lanes(trig[2 * m + 1]);
#pragma GCC unroll 8
      for (std::size_t j = 0; j < size; ++j) {
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
#pragma GCC unroll 8
    for (std::size_t j = 0; j < size; ++j) {
      tile.psi[first + cells.offset[j]] = p[j];
      tile.lambda[first + cells.offset[j]] = l[j];
    }
  }
  for (std::size_t m = 0; m != Count; ++m) sums[m] += sum(total[m]);
}

template <bool Tangent>
BORNITE_INLINE void rotate_any(Lanes* tile, std::size_t vectors, const TileOp& op, const double* trig) {
  if (op.count == 3) return rotate<3, Tangent>(tile, vectors, op, trig);
  if (op.count == 2) return rotate<2, Tangent>(tile, vectors, op, trig);
  rotate<1, Tangent>(tile, vectors, op, trig);
}

template <bool Tangent>
BORNITE_INLINE void undo_rotate_any(TilePair tile, std::size_t vectors, const TileOp& op, const double* trig,
                                    double* sums) {
  if (op.count == 3) return undo_rotate<3, Tangent>(tile, vectors, op, trig, sums);
  if (op.count == 2) return undo_rotate<2, Tangent>(tile, vectors, op, trig, sums);
  undo_rotate<1, Tangent>(tile, vectors, op, trig, sums);
}

BORNITE_KERNEL
void rotate_blocks(Lanes* tile, std::size_t blocks, const TileOp& op, const double* trig) {
  if (in_tangent_form(op, trig)) return rotate_any<true>(tile, 2 * blocks, op, trig);
  rotate_any<false>(tile, 2 * blocks, op, trig);
}

BORNITE_KERNEL
void undo_rotate_blocks(TilePair tile, std::size_t blocks, const TileOp& op, const double* trig, double* sums) {
  if (in_tangent_form(op, trig)) return undo_rotate_any<true>(tile, 2 * blocks, op, trig, sums);
  undo_rotate_any<false>(tile, 2 * blocks, op, trig, sums);
}

}  // namespace
}  // namespace bornite::statevector
