#include "bit_kernels.hpp"

#include "lanes.hpp"

#include "bornite/util/bitstring.hpp"
#include "bornite/util/simd.hpp"

#include <algorithm>

#if defined(__x86_64__) && defined(__GNUC__) && !defined(BORNITE_ONLY_AVX2) && !defined(BORNITE_ONLY_BASELINE)
#include <immintrin.h>
#define BORNITE_VECTOR_POPCOUNT
#endif

namespace bornite {
namespace {

/// Each byte of the result is the number of that byte's bits.
BORNITE_INLINE std::uint64_t count_in_bytes(std::uint64_t x) {
  constexpr std::uint64_t pairs = 0x5555555555555555, quads = 0x3333333333333333, bytes = 0x0f0f0f0f0f0f0f0f;
  x -= (x >> 1) & pairs;
  x = (x & quads) + ((x >> 2) & quads);
  return (x + (x >> 4)) & bytes;
}

BORNITE_INLINE std::uint64_t sum_of_bytes(std::uint64_t x) {
  constexpr std::uint64_t of_16 = 0x00ff00ff00ff00ff, of_32 = 0x0000ffff0000ffff, of_64 = 0x00000000ffffffff;
  x = (x & of_16) + ((x >> 8) & of_16);
  x = (x & of_32) + ((x >> 16) & of_32);
  return (x & of_64) + (x >> 32);
}

constexpr std::size_t words_per_byte_sum = 31;  // 8 bits each keep a byte below 256

#ifdef BORNITE_VECTOR_POPCOUNT
__attribute__((target("avx512f,avx512vpopcntdq"))) void count_by_instruction(const std::uint64_t* panel,
                                                                             std::size_t words,
                                                                             const std::uint64_t* weights,
                                                                             std::size_t columns,
                                                                             std::int64_t* counts) {
  for (std::size_t c = 0; c < columns; c += bit_column_block, weights += words * bit_column_block) {
    __m512i sum[bit_column_block][2];
    for (auto& of_column : sum) of_column[0] = of_column[1] = _mm512_setzero_si512();
    for (std::size_t w = 0; w < words; ++w)
      for (std::size_t k = 0; k < 2; ++k) {
        const __m512i inputs = _mm512_loadu_si512(panel + w * tile_width + k * lane_count);
        for (std::size_t b = 0; b < bit_column_block; ++b) {
          const __m512i weight = _mm512_set1_epi64(static_cast<std::int64_t>(weights[w * bit_column_block + b]));
          sum[b][k] = _mm512_add_epi64(sum[b][k], _mm512_popcnt_epi64(_mm512_and_si512(inputs, weight)));
        }
      }
    for (std::size_t b = 0; b < bit_column_block; ++b)
      for (std::size_t k = 0; k < 2; ++k)
        _mm512_storeu_si512(counts + (c + b) * tile_width + k * lane_count, sum[b][k]);
  }
}
#endif

}  // namespace

BORNITE_MULTIVERSION void count_common_bits_portably(const std::uint64_t* panel, std::size_t words,
                                                     const std::uint64_t* weights, std::size_t columns,
                                                     std::int64_t* counts) {
  for (std::size_t c = 0; c < columns; ++c) {
    const std::uint64_t* of_column = weights + c / bit_column_block * bit_column_block * words + c % bit_column_block;
    std::uint64_t total[tile_width] = {};
    for (std::size_t begin = 0; begin < words; begin += words_per_byte_sum) {
      std::uint64_t bytes[tile_width] = {};
      for (std::size_t w = begin; w < std::min(words, begin + words_per_byte_sum); ++w)
        for (std::size_t row = 0; row < tile_width; ++row)
          bytes[row] += count_in_bytes(panel[w * tile_width + row] & of_column[w * bit_column_block]);
      for (std::size_t row = 0; row < tile_width; ++row) total[row] += sum_of_bytes(bytes[row]);
    }
    for (std::size_t row = 0; row < tile_width; ++row)
      counts[c * tile_width + row] = static_cast<std::int64_t>(total[row]);
  }
}

void count_common_bits(const std::uint64_t* panel, std::size_t words, const std::uint64_t* weights, std::size_t columns,
                       std::int64_t* counts) {
#ifdef BORNITE_VECTOR_POPCOUNT
  static const bool has_instruction = __builtin_cpu_supports("avx512vpopcntdq") != 0;
  if (has_instruction) return count_by_instruction(panel, words, weights, columns, counts);
#endif
  count_common_bits_portably(panel, words, weights, columns, counts);
}

void pack_positive(const double* values, std::size_t units, std::uint64_t* words) {
  std::fill_n(words, words_for_bits(units) * tile_width, 0);
  for (std::size_t unit = 0; unit < units; ++unit)
    for (std::size_t row = 0; row < tile_width; ++row)
      words[unit / 64 * tile_width + row] |= std::uint64_t{values[unit * tile_width + row] > 0} << unit % 64;
}

}  // namespace bornite
