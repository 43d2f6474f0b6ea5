// Uncontrolled rotations of the qubits inside a block.

namespace bornite::statevector {
namespace {

BORNITE_INLINE bool in_tangent_form(const TileOp& op, const double* trig) {
  for (std::size_t m = 0; m != op.count; ++m)
    if (trig[2 * m] != 1.0) return false;
  return true;
}

/// One rotation: new = c * old + signed_s * old with lanes swapped.
struct LaneRotation {
  Lanes c;
  Lanes s;
};

/// The rotations of the op by qubit; an absent one is the identity.
struct LaneRotations {
  LaneRotation of[lane_qubits];

  BORNITE_INLINE LaneRotations(const TileOp& op, const double* trig, double sign) {
    for (LaneRotation& rotation : of) rotation = {all_lanes(1.0), Lanes{}};
    for (std::size_t m = 0; m != op.lane_count; ++m)
      of[op.bits[m]] = {all_lanes(trig[2 * m]), minus_by_lane(op.bits[m], sign * trig[2 * m + 1])};
  }
};

/// The rotations of `Qubits` on one vector.
template <std::size_t Qubits, bool Tangent>
BORNITE_INLINE Lanes rotate_inside_vector(Lanes v, const LaneRotations& r) {
  if constexpr ((Qubits & 1) != 0) v = (Tangent ? v : r.of[0].c * v) + r.of[0].s * swap_lanes<0>(v);
  if constexpr ((Qubits & 2) != 0) v = (Tangent ? v : r.of[1].c * v) + r.of[1].s * swap_lanes<1>(v);
  if constexpr ((Qubits & 4) != 0) v = (Tangent ? v : r.of[2].c * v) + r.of[2].s * swap_lanes<2>(v);
  return v;
}

template <std::size_t Bit, bool Tangent>
BORNITE_INLINE void undo_one(Lanes& p, Lanes& l, const LaneRotation& r, Lanes& total) {
  const Lanes swapped = swap_lanes<Bit>(p);
  total += l * swapped;
  p = (Tangent ? p : r.c * p) + r.s * swapped;
  l = (Tangent ? l : r.c * l) + r.s * swap_lanes<Bit>(l);
}

template <std::size_t Qubits, bool Tangent>
BORNITE_INLINE void undo_inside_vector(Lanes& p, Lanes& l, const LaneRotations& r, Lanes (&total)[lane_qubits]) {
  if constexpr ((Qubits & 1) != 0) undo_one<0, Tangent>(p, l, r.of[0], total[0]);
  if constexpr ((Qubits & 2) != 0) undo_one<1, Tangent>(p, l, r.of[1], total[1]);
  if constexpr ((Qubits & 4) != 0) undo_one<2, Tangent>(p, l, r.of[2], total[2]);
}

BORNITE_INLINE void add_lane_sums(const TileOp& op, const Lanes (&total)[lane_qubits], double* sums) {
  for (std::size_t m = 0; m != op.lane_count; ++m) sums[m] -= sum(total[op.bits[m]] * minus_by_lane(op.bits[m], 1.0));
}

template <std::size_t Qubits>
BORNITE_INLINE void rotate(Lanes* tile, std::size_t vectors, const LaneRotations& r) {
  for (std::size_t i = 0; i != vectors; ++i) tile[i] = rotate_inside_vector<Qubits, false>(tile[i], r);
}

template <std::size_t Qubits>
BORNITE_INLINE void undo_rotate(TilePair tile, std::size_t vectors, const LaneRotations& r, const TileOp& op,
                                double* sums) {
  Lanes total[lane_qubits] = {};
  for (std::size_t i = 0; i != vectors; ++i) undo_inside_vector<Qubits, false>(tile.psi[i], tile.lambda[i], r, total);
  add_lane_sums(op, total, sums);
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
