// Vectors as wide as the registers of one instruction set, and the few things done with them. A cache line of numbers
// is `parts` of them; a lane is a number's place in its line, and the low bits of that its place in a vector.

namespace bornite::statevector {
namespace {

constexpr std::size_t vector_bytes = BORNITE_VECTOR_BYTES;
constexpr std::size_t parts = line_bytes / vector_bytes;

template <typename Real>
struct VectorTypes;
template <>
struct VectorTypes<double> {
  using Vector = double __attribute__((vector_size(vector_bytes), may_alias));
  using Loose = double __attribute__((vector_size(vector_bytes), may_alias, aligned(8)));
  using Integer = std::int64_t __attribute__((may_alias));
  using Integers = std::int64_t __attribute__((vector_size(vector_bytes), may_alias));
};

template <>
struct VectorTypes<float> {
  using Vector = float __attribute__((vector_size(vector_bytes), may_alias));
  using Integer = std::int32_t __attribute__((may_alias));
  using Integers = std::int32_t __attribute__((vector_size(vector_bytes), may_alias));
};

template <typename Real>
using Vector = typename VectorTypes<Real>::Vector;
/// Doubles anywhere in memory.
using LooseVector = typename VectorTypes<double>::Loose;
template <typename Real>
using Integers = typename VectorTypes<Real>::Integers;

template <typename Real>
constexpr std::size_t width = vector_bytes / sizeof(Real);
template <typename Real>
constexpr std::size_t vector_bits = std::countr_zero(width<Real>);
template <typename Real>
constexpr std::size_t line_width = line_bytes / sizeof(Real);
template <typename Real>
constexpr std::size_t line_bits = std::countr_zero(line_width<Real>);

/// The vectors of a tile: `parts` of real parts, as many of imaginary parts, and so on.
template <typename Real>
BORNITE_INLINE Vector<Real>* vectors(Block* tile) {
  return reinterpret_cast<Vector<Real>*>(tile);
}
template <typename Real>
BORNITE_INLINE const Vector<Real>* vectors(const Block* tile) {
  return reinterpret_cast<const Vector<Real>*>(tile);
}
/// Likewise for an array of numbers that begins with a cache line.
BORNITE_INLINE Vector<double>* vectors(double* x) { return reinterpret_cast<Vector<double>*>(x); }
BORNITE_INLINE const Vector<double>* vectors(const double* x) { return reinterpret_cast<const Vector<double>*>(x); }

/// Writes past the caches, where the processor can.
BORNITE_INLINE void stream(Vector<double>* to, Vector<double> x) {
#if defined(__clang__)
  __builtin_nontemporal_store(x, to);
#elif defined(__x86_64__)
  double* const at = reinterpret_cast<double*>(to);
#if BORNITE_VECTOR_BYTES == 64
  __builtin_ia32_movntpd512(at, x);
#elif BORNITE_VECTOR_BYTES == 32
  __builtin_ia32_movntpd256(at, x);
#else
  __builtin_ia32_movntpd(at, x);
#endif
#else
  *to = x;
#endif
}
/// Afterwards other threads see what was streamed before whatever this one writes next.
BORNITE_INLINE void end_streams() {
#if defined(__x86_64__)
  __builtin_ia32_sfence();
#endif
}

template <typename Real>
BORNITE_INLINE Vector<Real> all_lanes(double x) {
  return static_cast<Real>(x) - Vector<Real>{};  // not plus, which would change -0.0
}

template <std::size_t Bit, typename V, std::size_t... I>
BORNITE_INLINE V swap_lanes(V v, std::index_sequence<I...>) {
  return __builtin_shufflevector(v, v, (I ^ (std::size_t{1} << Bit))...);
}

/// Swaps the lanes whose numbers differ in bit `Bit`, inside a vector.
template <typename Real, std::size_t Bit>
BORNITE_INLINE Vector<Real> swap_lanes(Vector<Real> v) {
  return swap_lanes<Bit>(v, std::make_index_sequence<width<Real>>());
}

/// Part p of a line whose lanes are swapped by bit `Bit` of their numbers.
template <typename Real, std::size_t Bit>
BORNITE_INLINE Vector<Real> swapped_part(const Vector<Real>* line, std::size_t p) {
  if constexpr (Bit < vector_bits<Real>)
    return swap_lanes<Real, Bit>(line[p]);
  else
    return line[p ^ (std::size_t{1} << (Bit - vector_bits<Real>))];
}

/// `yes` in the lanes of part p whose numbers have all of `ones`, `no` in the others.
template <typename Real>
BORNITE_INLINE Vector<Real> by_lane(std::size_t p, std::size_t ones, double yes, double no) {
  Vector<Real> result{};
  for (std::size_t l = 0; l != width<Real>; ++l)
    result[l] = static_cast<Real>(((p * width<Real> + l) & ones) == ones ? yes : no);
  return result;
}

/// True in the lanes of part p whose numbers have all of `ones`.
template <typename Real>
BORNITE_INLINE Integers<Real> lanes_with(std::size_t p, std::size_t ones) {
  Integers<Real> result{};
  for (std::size_t l = 0; l != width<Real>; ++l) result[l] = ((p * width<Real> + l) & ones) == ones ? -1 : 0;
  return result;
}

/// Lane by lane; `which` is all ones or all zeros in each. By bits, because GCC 12 takes `which ? yes : no` apart into
/// scalars in functions that are compiled for several instruction sets.
template <typename Real>
BORNITE_INLINE Vector<Real> choose(Integers<Real> which, Vector<Real> yes, Vector<Real> no) {
  return reinterpret_cast<Vector<Real>>((reinterpret_cast<Integers<Real>>(yes) & which) |
                                        (reinterpret_cast<Integers<Real>>(no) & ~which));
}

BORNITE_INLINE double sum(Vector<double> v) {
  if constexpr (vector_bits < double >> 2) v += swap_lanes<double, vector_bits<double> - 1>(v);
  if constexpr (vector_bits < double >> 1) v += swap_lanes<double, 1>(v);
  return v[0] + v[1];
}

template <std::size_t First, typename V, std::size_t... I>
BORNITE_INLINE Vector<double> widened(V v, std::index_sequence<I...>) {
  return __builtin_convertvector(__builtin_shufflevector(v, v, (First + I)...), Vector<double>);
}
template <typename V, std::size_t... I>
BORNITE_INLINE Vector<float> joined(V low, V high, std::index_sequence<I...>) {
  return __builtin_shufflevector(low, high, I...);
}

/// The doubles of the lower lanes, and of the upper ones.
BORNITE_INLINE Vector<double> widened_low(Vector<float> v) {
  return widened<0>(v, std::make_index_sequence<width<double>>());
}
BORNITE_INLINE Vector<double> widened_high(Vector<float> v) {
  return widened<width<double>>(v, std::make_index_sequence<width<double>>());
}

/// The inverse, rounded to nearest.
BORNITE_INLINE Vector<float> narrowed(Vector<double> low, Vector<double> high) {
  using Half = float __attribute__((vector_size(vector_bytes / 2)));
  return joined(__builtin_convertvector(low, Half), __builtin_convertvector(high, Half),
                std::make_index_sequence<width<float>>());
}

BORNITE_INLINE double sum(Vector<float> v) { return sum(widened_low(v) + widened_high(v)); }

/// A vector of the doubles at x, which begin with a vector, times `scale`.
template <typename Real>
BORNITE_INLINE Vector<Real> rounded(const double* x, double scale) {
  if constexpr (std::is_same_v<Real, double>)
    return vectors(x)[0] * scale;
  else
    return narrowed(vectors(x)[0] * scale, vectors(x)[1] * scale);
}
template <typename Real>
BORNITE_INLINE Vector<Real> rounded(const double* x) {
  if constexpr (std::is_same_v<Real, double>)
    return vectors(x)[0];
  else
    return narrowed(vectors(x)[0], vectors(x)[1]);
}

/// The numbers of a line as doubles.
template <typename Real>
BORNITE_INLINE void widen_line(const Vector<Real>* line, Vector<double> (&wide)[line_width<Real> / width<double>]) {
#pragma GCC unroll 4
  for (std::size_t p = 0; p < parts; ++p) {
    if constexpr (std::is_same_v<Real, double>) {
      wide[p] = line[p];
    } else {
      wide[2 * p] = widened_low(line[p]);
      wide[2 * p + 1] = widened_high(line[p]);
    }
  }
}

}  // namespace
}  // namespace bornite::statevector
