#pragma once
// Sums of 2^N terms that are accurate and the same for any number of threads: short blocks, then pairwise.

#include "bornite/util/parallel.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <span>
#include <vector>

namespace bornite {

/// Entries that are worked on together: 32 KiB of doubles, which the innermost cache holds.
inline constexpr std::size_t block_bits = 12;
inline constexpr std::size_t block_size = std::size_t{1} << block_bits;

/// Calls body(block, begin, end) for each block of [0, count), several blocks per task.
template <typename Body>
void for_each_block(std::size_t count, const Body& body) {
  constexpr std::size_t blocks_per_task = 8;
  const std::size_t blocks = (count + block_size - 1) / block_size;
  parallel_blocks(blocks, blocks_per_task, [&](std::size_t first, std::size_t last) {
    for (std::size_t block = first; block < last; ++block)
      body(block, block * block_size, std::min(count, (block + 1) * block_size));
  });
}

/// Sum whose rounding error grows with the logarithm of the number of terms.
[[nodiscard]] inline double pairwise_sum(std::span<const double> terms) {
  if (terms.size() <= 8) {
    double sum = 0;
    for (const double term : terms) sum += term;
    return sum;
  }
  const std::size_t half = terms.size() / 2;
  return pairwise_sum(terms.first(half)) + pairwise_sum(terms.subspan(half));
}

/// The K sums over [0, count) of which body(block, begin, end) gives one block's share as a std::array<double, K>.
template <std::size_t K, typename Body>
[[nodiscard]] std::array<double, K> sum_over_blocks(std::size_t count, const Body& body) {
  const std::size_t blocks = (count + block_size - 1) / block_size;
  std::vector<double> partial(K * blocks);
  for_each_block(count, [&](std::size_t block, std::size_t begin, std::size_t end) {
    const std::array<double, K> share = body(block, begin, end);
    for (std::size_t k = 0; k < K; ++k) partial[k * blocks + block] = share[k];
  });
  std::array<double, K> sums{};
  for (std::size_t k = 0; k < K; ++k) sums[k] = pairwise_sum(std::span(partial).subspan(k * blocks, blocks));
  return sums;
}

/// The K sums over [0, count) of the terms that term(i, block) gives as a std::array<double, K>.
template <std::size_t K, typename Term>
[[nodiscard]] std::array<double, K> sum_over_entries(std::size_t count, const Term& term) {
  constexpr std::size_t chunk =
      64;  // two levels of short sums: rounding grows with their lengths, not with the block's
  return sum_over_blocks<K>(count, [&](std::size_t block, std::size_t begin, std::size_t end) {
    std::array<double, K> sums{};
    for (std::size_t first = begin; first < end; first += chunk) {
      std::array<double, K> part{};
      for (std::size_t i = first; i < std::min(end, first + chunk); ++i) {
        const std::array<double, K> terms = term(i, block);
        for (std::size_t k = 0; k < K; ++k) part[k] += terms[k];
      }
      for (std::size_t k = 0; k < K; ++k) sums[k] += part[k];
    }
    return sums;
  });
}

}  // namespace bornite
