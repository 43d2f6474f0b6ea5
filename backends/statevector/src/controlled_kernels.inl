// One rotation or one X with any controls inside the tile.

namespace bornite::statevector {
namespace {

/// The blocks that an operation on a qubit of the block number touches: those with the target 0, each with a partner
/// `step` blocks further on.
struct BlockPairs {
  std::size_t step;
  std::size_t ones;
  std::size_t free;

  BORNITE_INLINE BlockPairs(const TileOp& op, std::size_t blocks)
      : step(std::size_t{1} << (op.bits[0] - lane_qubits)), ones(op.block_ones), free((blocks - 1) & ~ones & ~step) {}
};

BORNITE_INLINE std::size_t free_blocks(const TileOp& op, std::size_t blocks) {
  return (blocks - 1) & ~std::size_t{op.block_ones};
}

template <std::size_t Bit>
BORNITE_INLINE void rotate_inside(Lanes* tile, std::size_t blocks, const TileOp& op, double c, double s) {
  const Lanes keep = by_lane(op.lane_ones, c, 1.0);
  const Lanes mix = by_lane(op.lane_ones, 1.0, 0.0) * minus_by_lane(Bit, -s);
  const std::size_t free = free_blocks(op, blocks);
  std::size_t rest = 0;
  do {
    Lanes* const v = tile + 2 * (rest | op.block_ones);
    v[0] = keep * v[0] + mix * swap_lanes<Bit>(v[0]);
    v[1] = keep * v[1] + mix * swap_lanes<Bit>(v[1]);
    rest = next_subset(rest, free);
  } while (rest != 0);
}

template <std::size_t Bit>
BORNITE_INLINE double undo_rotate_inside(TilePair tile, std::size_t blocks, const TileOp& op, double c, double s) {
  const Lanes keep = by_lane(op.lane_ones, c, 1.0);
  const Lanes mix = by_lane(op.lane_ones, 1.0, 0.0) * minus_by_lane(Bit, s);
  const std::size_t free = free_blocks(op, blocks);
  Lanes total{};
  std::size_t rest = 0;
  do {
    const std::size_t first = 2 * (rest | op.block_ones);
    for (std::size_t i = first; i != first + 2; ++i) {
      const Lanes swapped = swap_lanes<Bit>(tile.psi[i]);
      total += tile.lambda[i] * swapped;
      tile.psi[i] = keep * tile.psi[i] + mix * swapped;
      tile.lambda[i] = keep * tile.lambda[i] + mix * swap_lanes<Bit>(tile.lambda[i]);
    }
    rest = next_subset(rest, free);
  } while (rest != 0);
  return -sum(total * by_lane(op.lane_ones, 1.0, 0.0) * minus_by_lane(Bit, 1.0));
}

BORNITE_INLINE void rotate_between(Lanes* tile, std::size_t blocks, const TileOp& op, double c, double s) {
  const Lanes keep = by_lane(op.lane_ones, c, 1.0);
  const Lanes mix = by_lane(op.lane_ones, s, 0.0);
  const BlockPairs pairs(op, blocks);
  std::size_t rest = 0;
  do {
    const std::size_t first = 2 * (rest | pairs.ones);
    for (std::size_t i = first; i != first + 2; ++i) {
      const Lanes x = tile[i];
      const Lanes y = tile[i + 2 * pairs.step];
      tile[i] = keep * x - mix * y;
      tile[i + 2 * pairs.step] = keep * y + mix * x;
    }
    rest = next_subset(rest, pairs.free);
  } while (rest != 0);
}

BORNITE_INLINE double undo_rotate_between(TilePair tile, std::size_t blocks, const TileOp& op, double c, double s) {
  const Lanes keep = by_lane(op.lane_ones, c, 1.0);
  const Lanes mix = by_lane(op.lane_ones, s, 0.0);
  const BlockPairs pairs(op, blocks);
  Lanes total{};
  std::size_t rest = 0;
  do {
    const std::size_t first = 2 * (rest | pairs.ones);
    for (std::size_t i = first; i != first + 2; ++i) {
      const std::size_t j = i + 2 * pairs.step;
      const Lanes p = tile.psi[i];
      const Lanes l = tile.lambda[i];
      total += tile.lambda[j] * p - l * tile.psi[j];
      tile.psi[i] = keep * p + mix * tile.psi[j];
      tile.psi[j] = keep * tile.psi[j] - mix * p;
      tile.lambda[i] = keep * l + mix * tile.lambda[j];
      tile.lambda[j] = keep * tile.lambda[j] - mix * l;
    }
    rest = next_subset(rest, pairs.free);
  } while (rest != 0);
  return sum(total * by_lane(op.lane_ones, 1.0, 0.0));
}

template <std::size_t Bit>
BORNITE_INLINE void flip_inside(Lanes* tile, std::size_t blocks, const TileOp& op) {
  const LaneIndex which = lanes_with(op.lane_ones);
  const std::size_t free = free_blocks(op, blocks);
  std::size_t rest = 0;
  do {
    Lanes* const v = tile + 2 * (rest | op.block_ones);
    v[0] = choose(which, swap_lanes<Bit>(v[0]), v[0]);
    v[1] = choose(which, swap_lanes<Bit>(v[1]), v[1]);
    rest = next_subset(rest, free);
  } while (rest != 0);
}

BORNITE_INLINE void flip_between(Lanes* tile, std::size_t blocks, const TileOp& op) {
  const LaneIndex which = lanes_with(op.lane_ones);
  const BlockPairs pairs(op, blocks);
  std::size_t rest = 0;
  do {
    const std::size_t first = 2 * (rest | pairs.ones);
    for (std::size_t i = first; i != first + 2; ++i) {
      const Lanes x = tile[i];
      const Lanes y = tile[i + 2 * pairs.step];
      tile[i] = choose(which, y, x);
      tile[i + 2 * pairs.step] = choose(which, x, y);
    }
    rest = next_subset(rest, pairs.free);
  } while (rest != 0);
}

BORNITE_KERNEL
void rotate_controlled(Lanes* tile, std::size_t blocks, const TileOp& op, const double* trig) {
  switch (op.bits[0]) {
    case 0: return rotate_inside<0>(tile, blocks, op, trig[0], trig[1]);
    case 1: return rotate_inside<1>(tile, blocks, op, trig[0], trig[1]);
    case 2: return rotate_inside<2>(tile, blocks, op, trig[0], trig[1]);
    default: return rotate_between(tile, blocks, op, trig[0], trig[1]);
  }
}

BORNITE_KERNEL
void undo_rotate_controlled(TilePair tile, std::size_t blocks, const TileOp& op, const double* trig, double* sums) {
  switch (op.bits[0]) {
    case 0: sums[0] += undo_rotate_inside<0>(tile, blocks, op, trig[0], trig[1]); return;
    case 1: sums[0] += undo_rotate_inside<1>(tile, blocks, op, trig[0], trig[1]); return;
    case 2: sums[0] += undo_rotate_inside<2>(tile, blocks, op, trig[0], trig[1]); return;
    default: sums[0] += undo_rotate_between(tile, blocks, op, trig[0], trig[1]); return;
  }
}

BORNITE_KERNEL
void flip(Lanes* tile, std::size_t blocks, const TileOp& op) {
  switch (op.bits[0]) {
    case 0: return flip_inside<0>(tile, blocks, op);
    case 1: return flip_inside<1>(tile, blocks, op);
    case 2: return flip_inside<2>(tile, blocks, op);
    default: return flip_between(tile, blocks, op);
  }
}

}  // namespace
}  // namespace bornite::statevector
