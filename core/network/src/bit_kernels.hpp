#pragma once
// The sums of a layer whose inputs and weights are bits, for the rows of one panel.

#include <cstddef>
#include <cstdint>

namespace bornite {

/// Columns that the kernels take at a time.
inline constexpr std::size_t bit_column_block = 4;

/// counts[c][row] = bits that panel [word][row] and weights [c / bit_column_block][word][c % bit_column_block] have in
/// common, for tile_width rows. `columns` is a multiple of bit_column_block. With the processor's instruction for it
/// where there is one.
void count_common_bits(const std::uint64_t* panel, std::size_t words, const std::uint64_t* weights, std::size_t columns,
                       std::int64_t* counts);
/// The same by additions and shifts.
void count_common_bits_portably(const std::uint64_t* panel, std::size_t words, const std::uint64_t* weights,
                                std::size_t columns, std::int64_t* counts);

/// words[unit / 64][row] gets bit unit % 64 where values[unit][row] > 0, for tile_width rows.
void pack_positive(const double* values, std::size_t units, std::uint64_t* words);

}  // namespace bornite
