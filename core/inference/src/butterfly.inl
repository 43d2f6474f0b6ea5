// Butterflies on numbers in registers, which hold 2^most_axes vectors at once.

#include <cstddef>
#include <utility>

namespace bornite {
namespace {

constexpr unsigned most_axes = BORNITE_REGISTER_AXES;

/// The vector with lane i exchanged for lane i ^ 2^axis.
template <unsigned axis, std::size_t... lane>
BORNITE_INLINE void exchange(Vector& to, const Vector& from, std::index_sequence<lane...>) {
  to = __builtin_shufflevector(from, from, (lane ^ (1U << axis))...);
}

/// 1 in lanes whose bit `axis` is 0, -1 in the others.
template <unsigned axis, std::size_t... lane>
BORNITE_INLINE void signs(Vector& v, std::index_sequence<lane...>) {
  v = Vector{((lane >> axis & 1U) == 0 ? 1.0 : -1.0)...};
}

struct WalshMatrix {
  template <typename V>
  BORNITE_INLINE void pair(V& a, V& b) const {
    const V difference = a - b;
    a = a + b;
    b = difference;
  }
  template <unsigned axis>
  BORNITE_INLINE void within(Vector& v) const {
    Vector other, sign;
    exchange<axis>(other, v, std::make_index_sequence<width>{});
    signs<axis>(sign, std::make_index_sequence<width>{});
    v = sign * v + other;
  }
};

struct HammingMatrix {
  double x;
  template <typename V>
  BORNITE_INLINE void pair(V& a, V& b) const {
    const V first = a + x * b;
    b = b + x * a;
    a = first;
  }
  template <unsigned axis>
  BORNITE_INLINE void within(Vector& v) const {
    Vector other;
    exchange<axis>(other, v, std::make_index_sequence<width>{});
    v = v + x * other;
  }
};

template <typename M>
BORNITE_INLINE void all_within(const M& m, Vector& v) {
  m.template within<0>(v);
  if constexpr (lane_axes > 1) m.template within<1>(v);
  if constexpr (lane_axes > 2) m.template within<2>(v);
}
template <typename M>
BORNITE_INLINE void all_within(const M&, double&) {}

/// `i` with a zero put in at bit `axis`.
constexpr std::size_t with_zero(std::size_t i, unsigned axis) {
  return ((i >> axis) << (axis + 1)) | (i & ((std::size_t{1} << axis) - 1));
}

template <unsigned axis, typename M, typename V, std::size_t... i>
BORNITE_INLINE void pairs(const M& m, V* v, std::index_sequence<i...>) {
  (m.pair(v[with_zero(i, axis)], v[with_zero(i, axis) | (std::size_t{1} << axis)]), ...);
}

/// All axes of 2^axes registers.
template <unsigned axes, typename M, typename V>
BORNITE_INLINE void butterflies(const M& m, V* v) {
  constexpr auto half = std::make_index_sequence<(std::size_t{1} << axes) / 2>{};
  if constexpr (axes > 0) pairs<0>(m, v, half);
  if constexpr (axes > 1) pairs<1>(m, v, half);
  if constexpr (axes > 2) pairs<2>(m, v, half);
  if constexpr (axes > 3) pairs<3>(m, v, half);
}

}  // namespace
}  // namespace bornite
