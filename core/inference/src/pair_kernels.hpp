#pragma once
// The inner loop over pairs of packed strings, compiled for several instruction sets.

#include <cstddef>
#include <cstdint>

namespace bornite {

/// Strings that are paired with others: word w of string j is words[w * size + j]. `size` is a multiple of
/// columns_together, filled up with strings of weight zero.
struct PairColumns {
  const std::uint64_t* words;
  std::size_t words_per_string;
  std::size_t size;
  const double* weights;
};

inline constexpr std::size_t columns_together = 8;

/// A kernel as a function of the distance. Where there are `components` it is also the sum over them of
/// factors[c].low[distance % 16] * factors[c].high[distance / 16], and registers can hold those.
struct DistanceTable {
  struct Factors {
    double low[16];
    double high[16];
  };
  const double* values;
  const Factors* factors;
  std::size_t components;
};

/// Distances that DistanceTable::factors can tell.
inline constexpr std::size_t most_factored_distance = 255;
/// Components whose factors the registers hold.
inline constexpr std::size_t most_factored_components = 3;

/// sums[r] += sum over columns j in [begin, end) of weights[j] k(row r, column j). Rows are packed one after the other.
/// begin and end are multiples of columns_together.
using AddPairSums = void (*)(const DistanceTable& table, const PairColumns& columns, std::size_t begin, std::size_t end,
                             const std::uint64_t* rows, std::size_t row_count, double* sums);

struct PairKernels {
  AddPairSums add_sums;
};

extern const PairKernels baseline_pair_kernels;
#if defined(__x86_64__)
extern const PairKernels avx2_pair_kernels;
extern const PairKernels avx512_pair_kernels;
extern const PairKernels avx512_popcount_pair_kernels;
#endif

/// Those for simd_level(), and where that is avx512 for whether the processor counts the ones of whole vectors.
[[nodiscard]] const PairKernels& pair_kernels();

}  // namespace bornite
