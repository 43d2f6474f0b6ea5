// Uncontrolled rotations of the qubits inside a block.

namespace bornite::statevector {
namespace {

/// One rotation: new = c * old + signed_s * old with lanes swapped.
struct LaneRotation {
  Lanes c;
  Lanes s;
};

/// The rotations of the op by qubit; an absent one is the identity.
struct LaneRotations {
  LaneRotation of[lane_qubits];

  BORNITE_INLINE LaneRotations(const TileOp& op, const double* trig, double sign) {
    for (std::size_t m = 0; m != op.count; ++m)
      of[op.bits[m]] = {all_lanes(trig[2 * m]), minus_by_lane(op.bits[m], sign * trig[2 * m + 1])};
  }
};

template <std::size_t Qubits>
BORNITE_INLINE void rotate(Lanes* tile, std::size_t vectors, const LaneRotations& r) {
  for (std::size_t i = 0; i != vectors; ++i) {
    Lanes v = tile[i];
    if constexpr ((Qubits & 1) != 0) v = r.of[0].c * v + r.of[0].s * swap_lanes<0>(v);
    if constexpr ((Qubits & 2) != 0) v = r.of[1].c * v + r.of[1].s * swap_lanes<1>(v);
    if constexpr ((Qubits & 4) != 0) v = r.of[2].c * v + r.of[2].s * swap_lanes<2>(v);
    tile[i] = v;
  }
}

template <std::size_t Bit>
BORNITE_INLINE void undo_one(Lanes& p, Lanes& l, const LaneRotation& r, Lanes& total) {
  const Lanes swapped = swap_lanes<Bit>(p);
  total += l * swapped;
  p = r.c * p + r.s * swapped;
  l = r.c * l + r.s * swap_lanes<Bit>(l);
}

template <std::size_t Qubits>
BORNITE_INLINE void undo_rotate(TilePair tile, std::size_t vectors, const LaneRotations& r, const TileOp& op,
                                double* sums) {
  Lanes total[lane_qubits] = {};
  for (std::size_t i = 0; i != vectors; ++i) {
    Lanes p = tile.psi[i];
    Lanes l = tile.lambda[i];
    if constexpr ((Qubits & 1) != 0) undo_one<0>(p, l, r.of[0], total[0]);
    if constexpr ((Qubits & 2) != 0) undo_one<1>(p, l, r.of[1], total[1]);
    if constexpr ((Qubits & 4) != 0) undo_one<2>(p, l, r.of[2], total[2]);
    tile.psi[i] = p;
    tile.lambda[i] = l;
  }
  for (std::size_t m = 0; m != op.count; ++m) sums[m] -= sum(total[op.bits[m]] * minus_by_lane(op.bits[m], 1.0));
}

BORNITE_INLINE std::size_t qubits_of(const TileOp& op) {
  std::size_t result = 0;
  for (std::size_t m = 0; m != op.count; ++m) result |= std::size_t{1} << op.bits[m];
  return result;
}

BORNITE_KERNEL
void rotate_lanes(Lanes* tile, std::size_t blocks, const TileOp& op, const double* trig) {
  const LaneRotations r(op, trig, -1.0);
  switch (qubits_of(op)) {
    case 1: return rotate<1>(tile, 2 * blocks, r);
    case 2: return rotate<2>(tile, 2 * blocks, r);
    case 3: return rotate<3>(tile, 2 * blocks, r);
    case 4: return rotate<4>(tile, 2 * blocks, r);
    case 5: return rotate<5>(tile, 2 * blocks, r);
    case 6: return rotate<6>(tile, 2 * blocks, r);
    default: return rotate<7>(tile, 2 * blocks, r);
  }
}

BORNITE_KERNEL
void undo_rotate_lanes(TilePair tile, std::size_t blocks, const TileOp& op, const double* trig, double* sums) {
  const LaneRotations r(op, trig, 1.0);
  switch (qubits_of(op)) {
    case 1: return undo_rotate<1>(tile, 2 * blocks, r, op, sums);
    case 2: return undo_rotate<2>(tile, 2 * blocks, r, op, sums);
    case 3: return undo_rotate<3>(tile, 2 * blocks, r, op, sums);
    case 4: return undo_rotate<4>(tile, 2 * blocks, r, op, sums);
    case 5: return undo_rotate<5>(tile, 2 * blocks, r, op, sums);
    case 6: return undo_rotate<6>(tile, 2 * blocks, r, op, sums);
    default: return undo_rotate<7>(tile, 2 * blocks, r, op, sums);
  }
}

}  // namespace
}  // namespace bornite::statevector
