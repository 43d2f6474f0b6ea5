// Transforms of what the caches hold, as few sweeps over it as the registers allow.

#include <bit>
#include <cstddef>
#include <utility>

namespace bornite {
namespace {

template <typename V, std::size_t... i>
BORNITE_INLINE void load_all(V* v, const double* x, std::size_t stride, std::index_sequence<i...>) {
  (load(v[i], x + i * stride), ...);
}
template <typename V, std::size_t... i>
BORNITE_INLINE void store_all(const V* v, double* x, std::size_t stride, std::index_sequence<i...>) {
  (store(x + i * stride, v[i]), ...);
}
template <typename V, std::size_t... i>
BORNITE_INLINE void subtract_all(V* v, const double* low, double high, std::index_sequence<i...>) {
  constexpr std::size_t step = sizeof(V) / sizeof(double);
  V p;
  ((load(p, low + i * step), v[i] = v[i] - p * high), ...);
}
template <typename M, typename V, std::size_t... i>
BORNITE_INLINE void all_lanes_within(const M& m, V* v, std::index_sequence<i...>) {
  (all_within(m, v[i]), ...);
}

/// The axes within vectors of type V, and `axes` above them, of `size` consecutive numbers.
template <unsigned axes, typename V, typename M>
BORNITE_INLINE void sweep_lowest(const M& m, const BlockInput& in, double* out, std::size_t size) {
  constexpr std::size_t vectors = std::size_t{1} << axes, step = sizeof(V) / sizeof(double);
  constexpr auto each = std::make_index_sequence<vectors>{};
  for (std::size_t i = 0; i != size; i += vectors * step) {
    V v[vectors];
    load_all(v, in.values + i, step, each);
    if (in.low != nullptr) subtract_all(v, in.low + i, in.high, each);
    all_lanes_within(m, v, each);
    butterflies<axes>(m, v);
    store_all(v, out + i, step, each);
  }
}

/// The `axes` highest axes of the row number. The columns are a multiple of V's size.
template <unsigned axes, typename V, typename M>
BORNITE_INLINE void sweep_rows(const M& m, const Rows& from, const Rows& to, const TileShape& shape) {
  constexpr std::size_t vectors = std::size_t{1} << axes, step = sizeof(V) / sizeof(double);
  constexpr auto each = std::make_index_sequence<vectors>{};
  const std::size_t apart = std::size_t{1} << (shape.row_bits - axes), columns = std::size_t{1} << shape.column_bits;
  for (std::size_t row = 0; row != apart; ++row)
    for (std::size_t column = 0; column != columns; column += step) {
      V v[vectors];
      load_all(v, from.data + row * from.stride + column, apart * from.stride, each);
      butterflies<axes>(m, v);
      store_all(v, to.data + row * to.stride + column, apart * to.stride, each);
    }
}

template <typename V, typename M>
BORNITE_INLINE void sweep_some_lowest(const M& m, const BlockInput& in, double* out, std::size_t size, unsigned axes) {
  if constexpr (most_axes > 3)
    if (axes == 4) return sweep_lowest<4, V>(m, in, out, size);
  switch (axes) {
    case 3: return sweep_lowest<3, V>(m, in, out, size);
    case 2: return sweep_lowest<2, V>(m, in, out, size);
    case 1: return sweep_lowest<1, V>(m, in, out, size);
    default: return sweep_lowest<0, V>(m, in, out, size);
  }
}

template <typename V, typename M>
BORNITE_INLINE void sweep_some_rows(const M& m, const Rows& from, const Rows& to, const TileShape& shape,
                                    unsigned axes) {
  if constexpr (most_axes > 3)
    if (axes == 4) return sweep_rows<4, V>(m, from, to, shape);
  switch (axes) {
    case 3: return sweep_rows<3, V>(m, from, to, shape);
    case 2: return sweep_rows<2, V>(m, from, to, shape);
    default: return sweep_rows<1, V>(m, from, to, shape);
  }
}

/// How many of so many axes to take in the next sweep, so that the sweeps are few and even.
constexpr unsigned axes_per_sweep(unsigned axes) {
  const unsigned sweeps = (axes + most_axes - 1) / most_axes;
  return sweeps == 0 ? 0 : (axes + sweeps - 1) / sweeps;
}

/// All axes of the row number, the highest first: then each part of the rows is finished while the inner cache holds
/// it.
template <typename V, typename M>
BORNITE_KERNEL void descend(const M& m, const Rows& from, const Rows& to, const Rows& room, TileShape shape) {
  const unsigned axes = axes_per_sweep(shape.row_bits);
  if (axes == shape.row_bits) return sweep_some_rows<V>(m, from, to, shape, axes);
  sweep_some_rows<V>(m, from, room, shape, axes);
  shape.row_bits -= axes;
  for (std::size_t part = 0; part >> axes == 0; ++part) {
    const std::size_t row = part << shape.row_bits;
    const Rows rest{room.data + row * room.stride, room.stride};
    descend<V>(m, rest, Rows{to.data + row * to.stride, to.stride}, rest, shape);
  }
}

template <typename V, typename M>
BORNITE_INLINE void block_of(const M& m, const BlockInput& in, double* out, unsigned bits) {
  constexpr unsigned within = sizeof(V) == sizeof(double) ? 0 : lane_axes;
  const unsigned axes = axes_per_sweep(bits - within), lowest = within + axes;
  sweep_some_lowest<V>(m, in, out, std::size_t{1} << bits, axes);
  const Rows rows{out, std::size_t{1} << lowest};
  if (lowest != bits) descend<V>(m, rows, rows, rows, {bits - lowest, lowest});
}

template <typename M>
BORNITE_INLINE void any_block(const M& m, const BlockInput& in, double* out, unsigned bits) {
  if (bits < lane_axes) return block_of<double>(m, in, out, bits);
  block_of<Vector>(m, in, out, bits);
}

BORNITE_KERNEL void block(const AxisMatrix& matrix, const BlockInput& in, double* out, unsigned bits) {
  if (matrix.walsh) return any_block(WalshMatrix{}, in, out, bits);
  any_block(HammingMatrix{matrix.x}, in, out, bits);
}

BORNITE_KERNEL void tile(const AxisMatrix& matrix, const Rows& from, const Rows& to, const Rows& room,
                         TileShape shape) {
  if (matrix.walsh) return descend<Vector>(WalshMatrix{}, from, to, room, shape);
  descend<Vector>(HammingMatrix{matrix.x}, from, to, room, shape);
}

BORNITE_KERNEL void scale(double* x, std::size_t begin, std::size_t size, const double* eigenvalues) {
  constexpr std::size_t together = 8;
  if (size < together) {
    for (std::size_t i = 0; i != size; ++i) x[i] *= eigenvalues[std::popcount(begin + i)];
    return;
  }
  for (std::size_t i = 0; i != size; i += together) {
    const double* const e = eigenvalues + std::popcount(begin + i);
    const double factors[together] = {e[0], e[1], e[1], e[2], e[1], e[2], e[2], e[3]};
    for (std::size_t j = 0; j != together; ++j) x[i + j] *= factors[j];
  }
}

}  // namespace
}  // namespace bornite
