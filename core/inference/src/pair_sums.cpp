#include "pair_sums.hpp"

#include "block_sums.hpp"
#include "bornite/util/parallel.hpp"
#include "kernel_transform.hpp"
#include "pair_kernels.hpp"
#include "work_room.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <stdexcept>
#include <vector>

namespace bornite {
namespace {

/// Rows that a task takes at once. Pairs within them are counted twice over, which is little for few rows.
constexpr std::size_t rows_per_block = 64;
/// Columns whose words the innermost cache holds while all rows of a block pass over them.
constexpr std::size_t columns_per_block = 1024;

/// What the kernel is at each distance.
class Distances {
 public:
  Distances(const Kernel& kernel, std::size_t bits) : values_(kernel_of_distance(kernel, bits)) {
    if (bits > most_factored_distance || kernel.components() > most_factored_components) return;
    factors_.resize(kernel.components());
    for (std::size_t c = 0; c < factors_.size(); ++c)
      for (int i = 0; i < 16; ++i) {
        factors_[c].low[i] = kernel.weights()[c] * std::exp(-kernel.gammas()[c] * i);
        factors_[c].high[i] = std::exp(-kernel.gammas()[c] * 16 * i);
      }
  }

  [[nodiscard]] DistanceTable table() const { return {values_.data(), factors_.data(), factors_.size()}; }

 private:
  std::vector<double> values_;
  std::vector<DistanceTable::Factors> factors_;
};

/// Strings, word by word, and their weights.
class Columns {
 public:
  explicit Columns(const WeightedStrings& sample)
      : words_per_string_(words_for_bits(sample.strings.bits())),
        weights_((sample.strings.size() + columns_together - 1) / columns_together * columns_together),
        words_(weights_.size() * words_per_string_) {
    std::ranges::copy(sample.weights, weights_.begin());
    const std::uint64_t* word = sample.strings.words().data();
    for (std::size_t j = 0; j < sample.strings.size(); ++j)
      for (std::size_t w = 0; w < words_per_string_; ++w) words_[w * weights_.size() + j] = *word++;
  }

  [[nodiscard]] PairColumns view() const {
    return {words_.data(), words_per_string_, weights_.size(), weights_.data()};
  }

 private:
  std::size_t words_per_string_;
  std::vector<double> weights_;
  std::vector<std::uint64_t> words_;
};

/// sums[r] += sum over the columns from `begin` on of weight times kernel, for some rows.
void add_sums(const DistanceTable& table, const PairColumns& columns, std::size_t begin, const std::uint64_t* rows,
              std::span<double> sums) {
  const PairKernels& kernels = pair_kernels();
  for (; begin < columns.size; begin += columns_per_block)
    kernels.add_sums(table, columns, begin, std::min(columns.size, begin + columns_per_block), rows, sums.size(),
                     sums.data());
}

void sum_over_pairs(const Kernel& kernel, const WeightedStrings& sample, const BitstringList& at,
                    std::span<double> out) {
  const Distances distances(kernel, sample.strings.bits());
  const Columns columns(sample);
  const std::size_t words = words_for_bits(at.bits());
  std::ranges::fill(out, 0.0);
  parallel_blocks(at.size(), rows_per_block, [&](std::size_t begin, std::size_t end) {
    add_sums(distances.table(), columns.view(), 0, at.words().data() + begin * words, out.subspan(begin, end - begin));
  });
}

/// Pairs of a block of rows with columns beyond it stand for the same pairs the other way round.
double energy_of_pairs(const Kernel& kernel, const WeightedStrings& sample) {
  const Distances distances(kernel, sample.strings.bits());
  const Columns columns(sample);
  const std::size_t words = words_for_bits(sample.strings.bits());
  std::vector<double> energies((sample.strings.size() + rows_per_block - 1) / rows_per_block);
  parallel_blocks(sample.strings.size(), rows_per_block, [&](std::size_t begin, std::size_t end) {
    const std::uint64_t* const rows = sample.strings.words().data() + begin * words;
    double within[rows_per_block] = {}, beyond[rows_per_block] = {};
    PairColumns block = columns.view();
    const std::size_t own_end = std::min(begin + rows_per_block, block.size);
    pair_kernels().add_sums(distances.table(), block, begin, own_end, rows, end - begin, within);
    add_sums(distances.table(), block, own_end, rows, std::span(beyond).first(end - begin));
    double energy = 0;
    for (std::size_t r = 0; r < end - begin; ++r) energy += sample.weights[begin + r] * (within[r] + 2 * beyond[r]);
    energies[begin / rows_per_block] = energy;
  });
  return pairwise_sum(energies);
}

/// Whether 2^bits numbers fit a cache-like scratch and one transform of them costs less than so many pairs.
bool transform_is_cheaper(std::size_t bits, std::size_t pairs) {
  constexpr std::size_t most_bits = 22, pairs_per_entry = 6;
  return bits <= most_bits && (pairs_per_entry << bits) < pairs;
}

/// Sums for all strings.
std::span<const double> sum_by_transform(const Kernel& kernel, const WeightedStrings& sample) {
  const std::span<double> sums = work_room(std::size_t{1} << sample.strings.bits());
  std::ranges::fill(sums, 0.0);
  for (std::size_t i = 0; i < sample.strings.size(); ++i) sums[sample.strings[i].words()[0]] += sample.weights[i];
  kernel.apply(sums, sums);
  return sums;
}

}  // namespace

void kernel_sums(const Kernel& kernel, const WeightedStrings& sample, const BitstringList& at, std::span<double> out) {
  if (sample.strings.bits() != at.bits()) throw std::invalid_argument("Kernel sums need strings of one length.");
  if (out.size() != at.size()) throw std::invalid_argument("Kernel sums need one output per string.");
  if (!transform_is_cheaper(sample.strings.bits(), sample.strings.size() * at.size()))
    return sum_over_pairs(kernel, sample, at, out);
  const std::span<const double> sums = sum_by_transform(kernel, sample);
  for (std::size_t j = 0; j < at.size(); ++j) out[j] = sums[at[j].words()[0]];
}

double kernel_energy(const Kernel& kernel, const WeightedStrings& sample) {
  if (!transform_is_cheaper(sample.strings.bits(), sample.strings.size() * sample.strings.size() / 2))
    return energy_of_pairs(kernel, sample);
  const std::span<const double> sums = sum_by_transform(kernel, sample);
  std::vector<double> terms(sample.strings.size());
  for (std::size_t i = 0; i < terms.size(); ++i) terms[i] = sample.weights[i] * sums[sample.strings[i].words()[0]];
  return pairwise_sum(terms);
}

}  // namespace bornite
