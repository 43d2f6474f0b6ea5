// One rotation or one X with any controls inside the tile.

namespace bornite::statevector {
namespace {

/// The blocks that an operation on a qubit of the block number touches: those with the target 0, each with a partner
/// `step` blocks further on.
template <typename Real>
struct BlockPairs {
  std::size_t step;
  std::size_t ones;
  std::size_t free;

  BORNITE_INLINE BlockPairs(const TileOp& op, std::size_t blocks)
      : step(std::size_t{1} << (op.bits[0] - line_bits<Real>)),
        ones(op.block_ones),
        free((blocks - 1) & ~ones & ~step) {}
};

BORNITE_INLINE std::size_t free_blocks(const TileOp& op, std::size_t blocks) {
  return (blocks - 1) & ~std::size_t{op.block_ones};
}

/// Vectors of a block: first the parts of its real line, then those of its imaginary one.
constexpr std::size_t block_vectors = 2 * parts;

/// What a controlled rotation does by lane, part by part: new = keep * old + mix * partner.
template <typename Real>
struct LaneMix {
  Vector<Real> keep[parts];
  Vector<Real> mix[parts];

  BORNITE_INLINE LaneMix(const TileOp& op, double c, double s) {
    for (std::size_t p = 0; p != parts; ++p) {
      keep[p] = by_lane<Real>(p, op.lane_ones, c, 1.0);
      mix[p] = by_lane<Real>(p, op.lane_ones, s, 0.0);
    }
  }
  /// For a target inside a block: the sine changes its sign where lane bit `bit` is 1.
  BORNITE_INLINE void turn_sign(std::size_t bit) {
    for (std::size_t p = 0; p != parts; ++p) mix[p] *= by_lane<Real>(p, std::size_t{1} << bit, -1.0, 1.0);
  }
};

template <typename Real, std::size_t Bit>
BORNITE_INLINE void mix_line(Vector<Real>* line, const LaneMix<Real>& by) {
  Vector<Real> old[parts];
  load_line<Real>(line, old);
#pragma GCC unroll 4
  for (std::size_t p = 0; p < parts; ++p) line[p] = by.keep[p] * old[p] + by.mix[p] * swapped_part<Real, Bit>(old, p);
}

template <typename Real, std::size_t Bit>
BORNITE_INLINE void rotate_inside(Block* tile, std::size_t blocks, const TileOp& op, double c, double s) {
  LaneMix<Real> by(op, c, -s);
  by.turn_sign(Bit);
  const std::size_t free = free_blocks(op, blocks);
  std::size_t rest = 0;
  do {
    Vector<Real>* const block = vectors<Real>(tile + (rest | op.block_ones));
    mix_line<Real, Bit>(block, by);
    mix_line<Real, Bit>(block + parts, by);
    rest = next_subset(rest, free);
  } while (rest != 0);
}

template <typename Real, std::size_t Bit>
BORNITE_INLINE double undo_rotate_inside(TilePair tile, std::size_t blocks, const TileOp& op, double c, double s) {
  LaneMix<Real> by(op, c, s);
  by.turn_sign(Bit);
  LaneMix<Real> sign(op, 0.0, -1.0);
  sign.turn_sign(Bit);
  const std::size_t free = free_blocks(op, blocks);
  Vector<Real> total[parts] = {};
  std::size_t rest = 0;
  do {
    Vector<Real>* psi = vectors<Real>(tile.psi + (rest | op.block_ones));
    Vector<Real>* lambda = vectors<Real>(tile.lambda + (rest | op.block_ones));
    for (std::size_t line = 0; line != 2; ++line, psi += parts, lambda += parts) {
      for (std::size_t p = 0; p != parts; ++p) total[p] += lambda[p] * swapped_part<Real, Bit>(psi, p);
      mix_line<Real, Bit>(psi, by);
      mix_line<Real, Bit>(lambda, by);
    }
    rest = next_subset(rest, free);
  } while (rest != 0);
  double result = 0.0;
  for (std::size_t p = 0; p != parts; ++p) result += sum(total[p] * sign.mix[p]);
  return result;
}

template <typename Real>
BORNITE_INLINE void rotate_between(Block* tile, std::size_t blocks, const TileOp& op, double c, double s) {
  const LaneMix<Real> by(op, c, s);
  const BlockPairs<Real> pairs(op, blocks);
  std::size_t rest = 0;
  do {
    Vector<Real>* const low = vectors<Real>(tile + (rest | pairs.ones));
    Vector<Real>* const high = low + block_vectors * pairs.step;
    for (std::size_t i = 0; i != block_vectors; ++i) {
      const std::size_t p = i % parts;
      const Vector<Real> x = low[i];
      const Vector<Real> y = high[i];
      low[i] = by.keep[p] * x - by.mix[p] * y;
      high[i] = by.keep[p] * y + by.mix[p] * x;
    }
    rest = next_subset(rest, pairs.free);
  } while (rest != 0);
}

template <typename Real>
BORNITE_INLINE double undo_rotate_between(TilePair tile, std::size_t blocks, const TileOp& op, double c, double s) {
  const LaneMix<Real> by(op, c, s);
  const BlockPairs<Real> pairs(op, blocks);
  Vector<Real> total[parts] = {};
  std::size_t rest = 0;
  do {
    Vector<Real>* const psi = vectors<Real>(tile.psi + (rest | pairs.ones));
    Vector<Real>* const lambda = vectors<Real>(tile.lambda + (rest | pairs.ones));
    for (std::size_t i = 0; i != block_vectors; ++i) {
      const std::size_t p = i % parts;
      const std::size_t j = i + block_vectors * pairs.step;
      const Vector<Real> a = psi[i];
      const Vector<Real> b = lambda[i];
      total[p] += lambda[j] * a - b * psi[j];
      psi[i] = by.keep[p] * a + by.mix[p] * psi[j];
      psi[j] = by.keep[p] * psi[j] - by.mix[p] * a;
      lambda[i] = by.keep[p] * b + by.mix[p] * lambda[j];
      lambda[j] = by.keep[p] * lambda[j] - by.mix[p] * b;
    }
    rest = next_subset(rest, pairs.free);
  } while (rest != 0);
  double result = 0.0;
  for (std::size_t p = 0; p != parts; ++p) result += sum(total[p] * by_lane<Real>(p, op.lane_ones, 1.0, 0.0));
  return result;
}

template <typename Real, std::size_t Bit>
BORNITE_INLINE void flip_inside(Block* tile, std::size_t blocks, const TileOp& op) {
  Integers<Real> which[parts];
  for (std::size_t p = 0; p != parts; ++p) which[p] = lanes_with<Real>(p, op.lane_ones);
  const std::size_t ones = op.block_ones;
  const std::size_t free = free_blocks(op, blocks);
  std::size_t rest = 0;
  do {
    Vector<Real>* line = vectors<Real>(tile + (rest | ones));
    for (std::size_t i = 0; i != 2; ++i, line += parts) {
      Vector<Real> old[parts];
      load_line<Real>(line, old);
#pragma GCC unroll 4
      for (std::size_t p = 0; p < parts; ++p)
        line[p] = choose<Real>(which[p], swapped_part<Real, Bit>(old, p), old[p]);
    }
    rest = next_subset(rest, free);
  } while (rest != 0);
}

template <typename Real>
BORNITE_INLINE void flip_between(Block* tile, std::size_t blocks, const TileOp& op) {
  Integers<Real> which[parts];
  for (std::size_t p = 0; p != parts; ++p) which[p] = lanes_with<Real>(p, op.lane_ones);
  const BlockPairs<Real> pairs(op, blocks);
  std::size_t rest = 0;
  do {
    Vector<Real>* const low = vectors<Real>(tile + (rest | pairs.ones));
    Vector<Real>* const high = low + block_vectors * pairs.step;
    for (std::size_t i = 0; i != block_vectors; ++i) {
      const Vector<Real> x = low[i];
      const Vector<Real> y = high[i];
      low[i] = choose<Real>(which[i % parts], y, x);
      high[i] = choose<Real>(which[i % parts], x, y);
    }
    rest = next_subset(rest, pairs.free);
  } while (rest != 0);
}

template <typename Real, std::size_t Bit = 0>
BORNITE_INLINE void rotate_one(Block* tile, std::size_t blocks, const TileOp& op, double c, double s) {
  if constexpr (Bit == line_bits<Real>) {
    rotate_between<Real>(tile, blocks, op, c, s);
  } else {
    if (op.bits[0] == Bit) return rotate_inside<Real, Bit>(tile, blocks, op, c, s);
    rotate_one<Real, Bit + 1>(tile, blocks, op, c, s);
  }
}

template <typename Real, std::size_t Bit = 0>
BORNITE_INLINE double undo_rotate_one(TilePair tile, std::size_t blocks, const TileOp& op, double c, double s) {
  if constexpr (Bit == line_bits<Real>) {
    return undo_rotate_between<Real>(tile, blocks, op, c, s);
  } else {
    if (op.bits[0] == Bit) return undo_rotate_inside<Real, Bit>(tile, blocks, op, c, s);
    return undo_rotate_one<Real, Bit + 1>(tile, blocks, op, c, s);
  }
}

template <typename Real, std::size_t Bit = 0>
BORNITE_INLINE void flip_one(Block* tile, std::size_t blocks, const TileOp& op) {
  if constexpr (Bit == line_bits<Real>) {
    flip_between<Real>(tile, blocks, op);
  } else {
    if (op.bits[0] == Bit) return flip_inside<Real, Bit>(tile, blocks, op);
    flip_one<Real, Bit + 1>(tile, blocks, op);
  }
}

template <typename Real>
BORNITE_KERNEL void rotate_controlled(Block* tile, std::size_t blocks, const TileOp& op, const double* trig) {
  rotate_one<Real>(tile, blocks, op, trig[0], trig[1]);
}

template <typename Real>
BORNITE_KERNEL void undo_rotate_controlled(TilePair tile, std::size_t blocks, const TileOp& op, const double* trig,
                                           double* sums) {
  sums[0] += undo_rotate_one<Real>(tile, blocks, op, trig[0], trig[1]);
}

template <typename Real>
BORNITE_KERNEL void flip(Block* tile, std::size_t blocks, const TileOp& op) {
  flip_one<Real>(tile, blocks, op);
}

}  // namespace
}  // namespace bornite::statevector
