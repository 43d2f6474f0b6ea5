#pragma once
// How a transform over N axes is cut into passes over memory, and each pass into tiles that a core's caches hold.

#include "block_sums.hpp"

#include <algorithm>
#include <cstddef>
#include <vector>

namespace bornite {

/// A pass over axes [first, last) of 2^bits numbers. A tile is 2^row_bits rows, row_stride apart, of 2^column_bits
/// numbers. Those of the lowest axes are consecutive blocks; those of others have rows of eight cache lines: with
/// less, the processor does not see in time what it will read next, and a pass takes several times as long.
struct AxisPass {
  unsigned first;
  unsigned last;
  unsigned bits;

  [[nodiscard]] unsigned row_bits() const { return last - (first == 0 ? column_bits() : first); }
  [[nodiscard]] unsigned column_bits() const {
    return first == 0 ? std::min(last, static_cast<unsigned>(block_bits)) : 6;
  }
  [[nodiscard]] std::size_t row_stride() const { return std::size_t{1} << (first == 0 ? column_bits() : first); }
  [[nodiscard]] std::size_t tile_size() const { return std::size_t{1} << (row_bits() + column_bits()); }
  [[nodiscard]] std::size_t tiles() const { return (std::size_t{1} << bits) / tile_size(); }
  /// The first string of a tile.
  [[nodiscard]] std::size_t begin(std::size_t tile) const {
    if (first == 0) return tile << last;
    const std::size_t per_group = std::size_t{1} << (first - column_bits());
    return ((tile / per_group) << last) + ((tile % per_group) << column_bits());
  }
};

/// Most axes of the lowest pass, whose tiles a core's second cache holds easily.
inline constexpr unsigned most_low_bits = 14;
/// Most axes of a pass beyond: its tiles take half of a core's second cache.
inline constexpr unsigned most_row_bits = 10;

/// The passes over all axes, lowest first: one up to N = 14, two up to N = 24.
[[nodiscard]] inline std::vector<AxisPass> axis_passes(unsigned bits) {
  constexpr unsigned easy_row_bits = 6;  // tiles that the innermost cache holds
  const unsigned low =
      bits <= most_low_bits ? bits : std::clamp(bits - easy_row_bits, static_cast<unsigned>(block_bits), most_low_bits);
  std::vector<AxisPass> passes{{0, low, bits}};
  for (unsigned left = (bits - low + most_row_bits - 1) / most_row_bits; left > 0; --left) {
    const unsigned first = passes.back().last;
    passes.push_back({first, first + (bits - first) / left, bits});
  }
  return passes;
}

}  // namespace bornite
