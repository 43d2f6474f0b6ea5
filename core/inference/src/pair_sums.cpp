#include "pair_sums.hpp"

#include "bornite/util/parallel.hpp"
#include "bornite/util/simd.hpp"
#include "kernel_transform.hpp"

#include <algorithm>
#include <bit>
#include <cstdint>
#include <stdexcept>
#include <vector>

namespace bornite {
namespace {

/// A sample, ready to be summed over: `words` words per string, string after string.
struct WeightedStrings {
  const std::uint64_t* strings;
  std::size_t words;
  std::span<const double> weights;
  const double* kernel_of_distance;
};

/// sum over i of weights[i] k(string, strings[i]) for strings of one word.
BORNITE_MULTIVERSION
double sum_single_words(std::uint64_t string, const WeightedStrings& sample) {
  constexpr std::size_t chains = 4;  // independent additions in flight
  double sums[chains] = {};
  const std::size_t size = sample.weights.size();
  std::size_t i = 0;
  for (; i + chains <= size; i += chains)
    for (std::size_t j = 0; j < chains; ++j)
      sums[j] += sample.weights[i + j] * sample.kernel_of_distance[std::popcount(string ^ sample.strings[i + j])];
  for (; i < size; ++i)
    sums[0] += sample.weights[i] * sample.kernel_of_distance[std::popcount(string ^ sample.strings[i])];
  return (sums[0] + sums[1]) + (sums[2] + sums[3]);
}

/// sum over i of weights[i] k(string, strings[i]). `words` is a constant where this is inlined, so that its loop
/// unrolls.
__attribute__((always_inline)) inline double sum_words(const std::uint64_t* string, const WeightedStrings& sample,
                                                       std::size_t words) {
  double even = 0, odd = 0;  // two additions in flight
  const std::uint64_t* other = sample.strings;
  const auto term = [&](std::size_t i) __attribute__((always_inline)) {
    int distance = 0;
    for (std::size_t w = 0; w < words; ++w) distance += std::popcount(string[w] ^ other[w]);
    other += words;
    return sample.weights[i] * sample.kernel_of_distance[distance];
  };
  const std::size_t size = sample.weights.size();
  for (std::size_t i = 0; i + 2 <= size; i += 2) {
    even += term(i);
    odd += term(i + 1);
  }
  if (size % 2 == 1) even += term(size - 1);
  return even + odd;
}

BORNITE_MULTIVERSION
double sum_many_words(const std::uint64_t* string, const WeightedStrings& sample) {
  switch (sample.words) {
    case 2: return sum_words(string, sample, 2);
    case 3: return sum_words(string, sample, 3);
    default: return sum_words(string, sample, sample.words);
  }
}

void sum_over_pairs(const WeightedStrings& sample, const BitstringList& at, std::span<double> out) {
  constexpr std::size_t pairs_per_task = std::size_t{1} << 16;
  const std::size_t strings_per_task =
      std::max<std::size_t>(1, pairs_per_task / std::max<std::size_t>(1, sample.weights.size()));
  parallel_blocks(at.size(), strings_per_task, [&](std::size_t begin, std::size_t end) {
    for (std::size_t j = begin; j < end; ++j) {
      const std::uint64_t* const words = at[j].words().data();
      out[j] = sample.words == 1 ? sum_single_words(*words, sample) : sum_many_words(words, sample);
    }
  });
}

/// Whether 2^bits numbers fit a cache-like scratch and one transform of them costs less than all pairs.
bool transform_is_cheaper(std::size_t bits, std::size_t pairs) {
  constexpr std::size_t most_bits = 22;
  return bits <= most_bits && (std::size_t{1} << bits) * std::max<std::size_t>(bits, 8) / 4 < pairs;
}

void sum_by_transform(const Kernel& kernel, const ShotRow& sample, const BitstringList& at, std::span<double> out) {
  thread_local std::vector<double> scratch;
  scratch.assign(std::size_t{1} << sample.bits(), 0.0);
  for (std::size_t i = 0; i < sample.size(); ++i)
    scratch[sample.strings()[i].words()[0]] = static_cast<double>(sample.counts()[i]);
  kernel.apply(scratch, scratch);
  for (std::size_t j = 0; j < at.size(); ++j) out[j] = scratch[at[j].words()[0]];
}

}  // namespace

void kernel_sums(const Kernel& kernel, const ShotRow& sample, const BitstringList& at, std::span<double> out) {
  if (sample.bits() != at.bits()) throw std::invalid_argument("Kernel sums need strings of one length.");
  if (out.size() != at.size()) throw std::invalid_argument("Kernel sums need one output per string.");
  if (transform_is_cheaper(sample.bits(), sample.size() * at.size())) return sum_by_transform(kernel, sample, at, out);
  const std::vector<double> weights(sample.counts().begin(), sample.counts().end());
  const std::vector<double> table = kernel_of_distance(kernel, sample.bits());
  sum_over_pairs({sample.strings().words().data(), words_for_bits(sample.bits()), weights, table.data()}, at, out);
}

}  // namespace bornite
