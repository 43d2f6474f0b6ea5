// The few things done with vectors, for the kernels of one instruction set.

namespace bornite::statevector {
namespace {

/// Swaps the lanes whose numbers differ in bit `Bit`.
template <std::size_t Bit>
BORNITE_INLINE Lanes swap_lanes(Lanes v) {
  if constexpr (Bit == 0) return __builtin_shufflevector(v, v, 1, 0, 3, 2, 5, 4, 7, 6);
  if constexpr (Bit == 1) return __builtin_shufflevector(v, v, 2, 3, 0, 1, 6, 7, 4, 5);
  if constexpr (Bit == 2) return __builtin_shufflevector(v, v, 4, 5, 6, 7, 0, 1, 2, 3);
}

BORNITE_INLINE Lanes permute_lanes(Lanes v, const std::array<std::int64_t, lanes>& order) {
#if defined(__clang__)
  Lanes result;
  for (std::size_t l = 0; l != lanes; ++l) result[l] = v[order[l]];
  return result;
#else
  return __builtin_shuffle(v, *reinterpret_cast<const LaneIndex*>(order.data()));
#endif
}

/// Lane l of the result is lane order[l] of v, or lane order[l] - lanes of w.
BORNITE_INLINE Lanes permute_lanes(Lanes v, Lanes w, const std::array<std::int64_t, lanes>& order) {
#if defined(__clang__)
  Lanes result;
  for (std::size_t l = 0; l != lanes; ++l) {
    const auto lane = static_cast<std::size_t>(order[l]);
    result[l] = lane < lanes ? v[lane] : w[lane - lanes];
  }
  return result;
#else
  return __builtin_shuffle(v, w, *reinterpret_cast<const LaneIndex*>(order.data()));
#endif
}

BORNITE_INLINE Lanes all_lanes(double x) { return Lanes{x, x, x, x, x, x, x, x}; }

/// `yes` in the lanes whose numbers have all of `ones`, `no` in the others.
BORNITE_INLINE Lanes by_lane(std::size_t ones, double yes, double no) {
  Lanes result{};
  for (std::size_t l = 0; l != lanes; ++l) result[l] = (l & ones) == ones ? yes : no;
  return result;
}

/// Lane by lane; `which` is all ones or all zeros in each. By bits, because GCC 12 takes `which ? yes : no` apart into
/// scalars in functions that are compiled for several instruction sets.
BORNITE_INLINE Lanes choose(LaneIndex which, Lanes yes, Lanes no) {
  return reinterpret_cast<Lanes>((reinterpret_cast<LaneIndex>(yes) & which) |
                                 (reinterpret_cast<LaneIndex>(no) & ~which));
}

/// True in the lanes whose numbers have all of `ones`.
BORNITE_INLINE LaneIndex lanes_with(std::size_t ones) {
  LaneIndex result{};
  for (std::size_t l = 0; l != lanes; ++l) result[l] = (l & ones) == ones ? -1 : 0;
  return result;
}

/// -1 in the lanes whose numbers have bit `bit`, 1 in the others, times x.
BORNITE_INLINE Lanes minus_by_lane(std::size_t bit, double x) {
  Lanes result{};
  for (std::size_t l = 0; l != lanes; ++l) result[l] = (l >> bit & 1) != 0 ? -x : x;
  return result;
}

BORNITE_INLINE double sum(Lanes v) { return ((v[0] + v[1]) + (v[2] + v[3])) + ((v[4] + v[5]) + (v[6] + v[7])); }

}  // namespace
}  // namespace bornite::statevector
