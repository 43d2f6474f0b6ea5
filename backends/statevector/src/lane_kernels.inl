// Uncontrolled rotations of the qubits inside a block, which number the lanes of a line.

namespace bornite::statevector {
namespace {

BORNITE_INLINE bool in_tangent_form(const TileOp& op, const double* trig) {
  for (std::size_t m = 0; m != op.count; ++m)
    if (trig[2 * op.places[m]] != 1.0) return false;
  return true;
}

/// Cosine and sine of one rotation. Inside a vector, where new = c * old + s * old with lanes swapped, the sine has a
/// sign by lane.
template <typename Real>
struct LaneRotation {
  Vector<Real> c;
  Vector<Real> s;
};

/// The sign bits of the lanes of a vector whose numbers have a given bit, for each bit.
template <typename Real>
struct alignas(vector_bytes) SignBits {
  using Integer = std::conditional_t<std::is_same_v<Real, double>, std::int64_t, std::int32_t>;
  Integer of[vector_bits<Real>][width<Real>] = {};

  constexpr SignBits() {
    for (std::size_t bit = 0; bit != vector_bits<Real>; ++bit)
      for (std::size_t l = 0; l != width<Real>; ++l)
        if (l >> bit & 1) of[bit][l] = std::numeric_limits<Integer>::min();
  }
};
template <typename Real>
constexpr SignBits<Real> sign_bits;

template <typename Real>
BORNITE_INLINE Vector<Real> minus_where(std::size_t bit, double x) {
  const Integers<Real> signs = *reinterpret_cast<const Integers<Real>*>(sign_bits<Real>.of[bit]);
  return reinterpret_cast<Vector<Real>>(reinterpret_cast<Integers<Real>>(all_lanes<Real>(x)) ^ signs);
}

/// The rotations of the op by qubit; an absent one is the identity.
template <typename Real>
struct LaneRotations {
  LaneRotation<Real> of[line_bits<Real>];

  /// `sign`: -1 for the rotations themselves, 1 for their inverses.
  BORNITE_INLINE LaneRotations(const TileOp& op, const double* trig, double sign) {
    for (auto& rotation : of) rotation = {all_lanes<Real>(1.0), Vector<Real>{}};
    for (std::size_t m = 0; m != op.lane_count; ++m) {
      const std::size_t bit = op.bits[m];
      const double s = sign * trig[2 * op.places[m] + 1];
      of[bit] = {all_lanes<Real>(trig[2 * op.places[m]]),
                 bit < vector_bits<Real> ? minus_where<Real>(bit, s) : all_lanes<Real>(s)};
    }
  }
};

/// One rotation on the vectors of a line.
template <typename Real, std::size_t Bit, bool Tangent>
BORNITE_INLINE void rotate_line(Vector<Real> (&v)[parts], const LaneRotation<Real>& r) {
  if constexpr (Bit < vector_bits<Real>) {
#pragma GCC unroll 4
    for (std::size_t p = 0; p < parts; ++p) v[p] = (Tangent ? v[p] : r.c * v[p]) + r.s * swap_lanes<Real, Bit>(v[p]);
  } else {
    constexpr std::size_t step = std::size_t{1} << (Bit - vector_bits<Real>);
#pragma GCC unroll 4
    for (std::size_t p = 0; p < parts; ++p) {
      if (p & step) continue;
      const Vector<Real> x = v[p];
      v[p] = (Tangent ? x : r.c * x) + r.s * v[p + step];
      v[p + step] = (Tangent ? v[p + step] : r.c * v[p + step]) - r.s * x;
    }
  }
}

template <typename Real, std::size_t Bit, bool Tangent>
BORNITE_INLINE void undo_line(Vector<Real> (&psi)[parts], Vector<Real> (&lambda)[parts], const LaneRotation<Real>& r,
                              Vector<Real>& total) {
#pragma GCC unroll 4
  for (std::size_t p = 0; p < parts; ++p) {
    if constexpr (Bit < vector_bits<Real>) {
      total += lambda[p] * swap_lanes<Real, Bit>(psi[p]);
    } else {
      constexpr std::size_t step = std::size_t{1} << (Bit - vector_bits<Real>);
      if (p & step) continue;
      total += lambda[p + step] * psi[p];
      total -= lambda[p] * psi[p + step];
    }
  }
  rotate_line<Real, Bit, Tangent>(psi, r);
  rotate_line<Real, Bit, Tangent>(lambda, r);
}

/// All rotations on the vectors of a line.
template <typename Real, bool Tangent, std::size_t Bit = 0>
BORNITE_INLINE void rotate_line(Vector<Real> (&v)[parts], const LaneRotations<Real>& r) {
  if constexpr (Bit < line_bits<Real>) {
    rotate_line<Real, Bit, Tangent>(v, r.of[Bit]);
    rotate_line<Real, Tangent, Bit + 1>(v, r);
  }
}

template <typename Real, bool Tangent, std::size_t Bit = 0>
BORNITE_INLINE void undo_line(Vector<Real> (&psi)[parts], Vector<Real> (&lambda)[parts], const LaneRotations<Real>& r,
                              Vector<Real> (&total)[line_bits<Real>]) {
  if constexpr (Bit < line_bits<Real>) {
    undo_line<Real, Bit, Tangent>(psi, lambda, r.of[Bit], total[Bit]);
    undo_line<Real, Tangent, Bit + 1>(psi, lambda, r, total);
  }
}

template <typename Real>
BORNITE_INLINE void add_lane_sums(const TileOp& op, const Vector<Real> (&total)[line_bits<Real>], double* sums) {
  for (std::size_t m = 0; m != op.lane_count; ++m) {
    const std::size_t bit = op.bits[m];
    const Vector<Real> t = total[bit];
    sums[m] += bit < vector_bits<Real> ? -sum(t * minus_where<Real>(bit, 1.0)) : sum(t);
  }
}

/// The vectors of a line, from and to memory.
template <typename Real>
BORNITE_INLINE void load_line(const Vector<Real>* from, Vector<Real> (&v)[parts]) {
#pragma GCC unroll 4
  for (std::size_t p = 0; p < parts; ++p) v[p] = from[p];
}
template <typename Real>
BORNITE_INLINE void store_line(const Vector<Real> (&v)[parts], Vector<Real>* to) {
#pragma GCC unroll 4
  for (std::size_t p = 0; p < parts; ++p) to[p] = v[p];
}

/// The rotation of lane bit `Bit` only, and all of them if that is line_bits.
template <typename Real, std::size_t Bit>
BORNITE_INLINE void rotate_lines(Vector<Real>* tile, std::size_t lines, const LaneRotations<Real>& r) {
  for (std::size_t i = 0; i != lines; ++i, tile += parts) {
    Vector<Real> v[parts];
    load_line<Real>(tile, v);
    if constexpr (Bit < line_bits<Real>)
      rotate_line<Real, Bit, false>(v, r.of[Bit]);
    else
      rotate_line<Real, false>(v, r);
    store_line<Real>(v, tile);
  }
}

template <typename Real, std::size_t Bit>
BORNITE_INLINE void undo_rotate_lines(Vector<Real>* psi, Vector<Real>* lambda, std::size_t lines,
                                      const LaneRotations<Real>& r, Vector<Real> (&total)[line_bits<Real>]) {
  for (std::size_t i = 0; i != lines; ++i, psi += parts, lambda += parts) {
    Vector<Real> p[parts];
    Vector<Real> l[parts];
    load_line<Real>(psi, p);
    load_line<Real>(lambda, l);
    if constexpr (Bit < line_bits<Real>)
      undo_line<Real, Bit, false>(p, l, r.of[Bit], total[Bit]);
    else
      undo_line<Real, false>(p, l, r, total);
    store_line<Real>(p, psi);
    store_line<Real>(l, lambda);
  }
}

template <typename Real, std::size_t Bit = 0>
BORNITE_INLINE void rotate_lines(std::size_t bit, Vector<Real>* tile, std::size_t lines, const LaneRotations<Real>& r) {
  if (Bit == line_bits<Real> || bit == Bit) return rotate_lines<Real, Bit>(tile, lines, r);
  if constexpr (Bit < line_bits<Real>) rotate_lines<Real, Bit + 1>(bit, tile, lines, r);
}

template <typename Real, std::size_t Bit = 0>
BORNITE_INLINE void undo_rotate_lines(std::size_t bit, Vector<Real>* psi, Vector<Real>* lambda, std::size_t lines,
                                      const LaneRotations<Real>& r, Vector<Real> (&total)[line_bits<Real>]) {
  if (Bit == line_bits<Real> || bit == Bit) return undo_rotate_lines<Real, Bit>(psi, lambda, lines, r, total);
  if constexpr (Bit < line_bits<Real>) undo_rotate_lines<Real, Bit + 1>(bit, psi, lambda, lines, r, total);
}

/// The only qubit that is rotated, or line_bits.
template <typename Real>
BORNITE_INLINE std::size_t only_bit(const TileOp& op) {
  return op.count == 1 ? op.bits[0] : line_bits<Real>;
}

template <typename Real>
BORNITE_KERNEL void rotate_lanes(Block* tile, std::size_t blocks, const TileOp& op, const double* trig) {
  const LaneRotations<Real> r(op, trig, -1.0);
  rotate_lines<Real>(only_bit<Real>(op), vectors<Real>(tile), 2 * blocks, r);
}

template <typename Real>
BORNITE_KERNEL void undo_rotate_lanes(TilePair tile, std::size_t blocks, const TileOp& op, const double* trig,
                                      double* sums) {
  const LaneRotations<Real> r(op, trig, 1.0);
  Vector<Real> total[line_bits<Real>] = {};
  undo_rotate_lines<Real>(only_bit<Real>(op), vectors<Real>(tile.psi), vectors<Real>(tile.lambda), 2 * blocks, r,
                          total);
  add_lane_sums<Real>(op, total, sums);
}

}  // namespace
}  // namespace bornite::statevector
