#include "pair_kernels.hpp"

#include "catch.hpp"
#include "support.hpp"

using namespace bornite;
using namespace bornite::test;

namespace {

/// The tables that this processor can run, whichever one is chosen.
std::vector<const PairKernels*> runnable() {
  std::vector<const PairKernels*> kernels = {&baseline_pair_kernels};
#if defined(__x86_64__)
  if (__builtin_cpu_supports("avx2")) kernels.push_back(&avx2_pair_kernels);
  if (__builtin_cpu_supports("avx512bw")) kernels.push_back(&avx512_pair_kernels);
  if (__builtin_cpu_supports("avx512vpopcntdq")) kernels.push_back(&avx512_popcount_pair_kernels);
#endif
  return kernels;
}

}  // namespace

TEST_CASE("all ways to add up a kernel over pairs give the sum over its table") {
  RandomStream random = stream(60);
  const std::size_t size = 24, rows = 6, begin = 8, end = 24;
  for (const std::size_t words : {1U, 2U, 3U, 4U, 7U})
    for (const std::size_t components : {0U, 1U, 2U, 3U}) {
      if (components > 0 && 64 * words > most_factored_distance + 1) continue;
      std::vector<DistanceTable::Factors> factors(components);
      for (DistanceTable::Factors& f : factors)
        for (std::size_t i = 0; i < 16; ++i) f.low[i] = random.uniform(), f.high[i] = random.uniform();
      std::vector<double> values = random_numbers(random, 64 * words + 1);
      for (std::size_t d = 0; components > 0 && d < 64 * words; ++d) {
        values[d] = 0;
        for (const DistanceTable::Factors& f : factors) values[d] += f.low[d % 16] * f.high[d / 16];
      }
      const std::vector<double> weights = random_numbers(random, size);
      std::vector<std::uint64_t> column_words(size * words), row_words(rows * words);
      for (std::uint64_t& word : column_words) word = random();
      for (std::uint64_t& word : row_words) word = random();
      std::vector<double> expected(rows, 1.0);
      for (std::size_t r = 0; r < rows; ++r)
        for (std::size_t j = begin; j < end; ++j) {
          std::size_t distance = 0;
          for (std::size_t w = 0; w < words; ++w)
            distance += static_cast<std::size_t>(std::popcount(column_words[w * size + j] ^ row_words[r * words + w]));
          expected[r] += weights[j] * values[distance];
        }
      for (const PairKernels* const kernels : runnable()) {
        std::vector<double> sums(rows, 1.0);
        kernels->add_sums({values.data(), factors.data(), components},
                          {column_words.data(), words, size, weights.data()}, begin, end, row_words.data(), rows,
                          sums.data());
        for (std::size_t r = 0; r < rows; ++r) REQUIRE(sums[r] == Approx(expected[r]).epsilon(1e-14));
      }
    }
}
