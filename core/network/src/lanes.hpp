#pragma once
// Eight doubles at once, in the vector notation that GCC and Clang share. Everything is passed by reference: a vector
// passed by value has no binary interface that is common to all instruction sets.

#include <cstddef>
#include <cstdint>

namespace bornite {

using Lanes = double __attribute__((vector_size(64)));
using LaneBits = std::int64_t __attribute__((vector_size(64)));
/// Lanes anywhere in an array of doubles.
using LanesInArray = double __attribute__((vector_size(64), aligned(8), may_alias));
using LaneBitsInArray = std::int64_t __attribute__((vector_size(64), aligned(8), may_alias));

inline constexpr std::size_t lane_count = 8;
/// Rows, or networks, that a kernel takes at a time: two Lanes, so that the latency of one hides behind the other.
inline constexpr std::size_t tile_width = 2 * lane_count;

#define BORNITE_INLINE inline __attribute__((always_inline))

BORNITE_INLINE const LanesInArray& lanes(const double* p) { return *reinterpret_cast<const LanesInArray*>(p); }
BORNITE_INLINE LanesInArray& lanes(double* p) { return *reinterpret_cast<LanesInArray*>(p); }
BORNITE_INLINE LaneBitsInArray& lanes(std::int64_t* p) { return *reinterpret_cast<LaneBitsInArray*>(p); }

}  // namespace bornite
