#include "bornite/backend/shot_table.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <boost/sort/pdqsort/pdqsort.hpp>
#include <cmath>
#include <functional>
#include <numeric>
#include <optional>
#include <stdexcept>
#include <utility>

namespace bornite {
namespace {

/// The sum of the counts; nothing if it does not fit.
std::optional<std::uint64_t> total_of(std::span<const std::uint64_t> counts) {
  std::uint64_t total = 0;
  for (const std::uint64_t count : counts)
    if (__builtin_add_overflow(total, count, &total)) return std::nullopt;
  return total;
}

/// Indices of the strings in ascending order.
std::vector<std::size_t> ascending(const BitstringList& strings) {
  std::vector<std::size_t> order(strings.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  const auto less = [&](std::size_t a, std::size_t b) { return strings[a] < strings[b]; };
  if (!std::ranges::is_sorted(order, less)) std::ranges::sort(order, less);  // simulators hand them over in order
  return order;
}

/// Whether nothing is to be merged, sorted or dropped. Only tried for short strings; others take the long way.
bool is_clean(const BitstringList& strings, std::span<const std::uint64_t> counts) {
  const std::span<const std::uint64_t> words = strings.words();
  return words_for_bits(strings.bits()) == 1 &&
         std::ranges::adjacent_find(words, std::greater_equal<>{}) == words.end() &&
         std::ranges::find(counts, std::uint64_t{0}) == counts.end();
}

/// Strings of one word in ascending order, with their counts.
struct WordTally {
  std::vector<std::uint64_t> words;
  std::vector<std::uint64_t> counts;

  void add(std::uint64_t word, std::uint64_t count) {
    if (count == 0) return;
    if (!words.empty() && words.back() == word) {
      counts.back() += count;
    } else {
      words.push_back(word);
      counts.push_back(count);
    }
  }
};

/// Shots one by one, as devices report them: hundreds of thousands in a step of a training.
WordTally tally_shots(std::span<const std::uint64_t> shots) {
  std::vector<std::uint64_t> sorted(shots.begin(), shots.end());
  boost::sort::pdqsort_branchless(sorted.begin(), sorted.end());
  WordTally tally;
  tally.words.reserve(sorted.size());
  tally.counts.reserve(sorted.size());
  for (const std::uint64_t word : sorted) tally.add(word, 1);
  return tally;
}

WordTally tally_words(std::span<const std::uint64_t> words, std::span<const std::uint64_t> counts) {
  std::vector<std::pair<std::uint64_t, std::uint64_t>> pairs(counts.size());
  for (std::size_t i = 0; i < counts.size(); ++i) pairs[i] = {words[i], counts[i]};
  std::ranges::sort(pairs);
  WordTally tally;
  for (const auto& [word, count] : pairs) tally.add(word, count);
  return tally;
}

}  // namespace

ShotRow::ShotRow(BitstringList strings, std::vector<std::uint64_t> counts, std::uint64_t shots)
    : strings_(std::move(strings)), counts_(std::move(counts)), shots_(shots) {}

Result<ShotRow> ShotRow::create(BitstringList strings, std::vector<std::uint64_t> counts, std::uint64_t shots) {
  if (strings.size() != counts.size())
    return Error{ErrorKind::input,
                 fmt::format("A result has {} bitstrings but {} counts.", strings.size(), counts.size())};
  const std::optional<std::uint64_t> total = total_of(counts);
  if (total != shots)
    return Error{ErrorKind::input,
                 fmt::format("The counts of a result sum to {}, but {} shots were asked for.",
                             total ? std::to_string(*total) : "more than 2^64", shots),
                 "The backend lost or invented shots; do not use this result."};

  if (is_clean(strings, counts)) return ShotRow(std::move(strings), std::move(counts), shots);
  if (words_for_bits(strings.bits()) == 1) {
    WordTally tally = tally_words(strings.words(), counts);
    return ShotRow(BitstringList(strings.bits(), std::move(tally.words)), std::move(tally.counts), shots);
  }
  BitstringList distinct(strings.bits());
  std::vector<std::uint64_t> merged;
  distinct.reserve(strings.size());
  for (const std::size_t i : ascending(strings)) {
    if (counts[i] == 0) continue;
    if (!distinct.empty() && distinct[distinct.size() - 1] == strings[i]) {
      merged.back() += counts[i];
    } else {
      distinct.push_back(strings[i]);
      merged.push_back(counts[i]);
    }
  }
  return ShotRow(std::move(distinct), std::move(merged), shots);
}

Result<ShotRow> ShotRow::create(BitstringList strings, std::uint64_t shots) {
  if (strings.size() == shots && words_for_bits(strings.bits()) == 1) {
    WordTally tally = tally_shots(strings.words());
    return ShotRow(BitstringList(strings.bits(), std::move(tally.words)), std::move(tally.counts), shots);
  }
  std::vector<std::uint64_t> ones(strings.size(), 1);
  return create(std::move(strings), std::move(ones), shots);
}

Result<ShotTable> ShotTable::create(std::vector<ShotRow> rows) {
  for (const ShotRow& row : rows)
    if (row.bits() != rows.front().bits())
      return Error{ErrorKind::input,
                   fmt::format("A result mixes bitstrings of {} and {} bits.", rows.front().bits(), row.bits())};
  ShotTable table;
  table.rows_ = std::make_shared<const std::vector<ShotRow>>(std::move(rows));
  return table;
}

ShotRow select_bits(const ShotRow& row, std::span<const std::size_t> bits) {
  for (const std::size_t bit : bits)
    if (bit >= row.bits()) throw std::out_of_range(fmt::format("There is no bit {} of {}.", bit, row.bits()));
  BitstringList selected(bits.size());
  selected.reserve(row.size());
  for (std::size_t s = 0; s < row.size(); ++s) {
    Bitstring string(bits.size());
    for (std::size_t i = 0; i < bits.size(); ++i) string.set(i, row.strings()[s][bits[i]]);
    selected.push_back(string);
  }
  return ShotRow::create(std::move(selected), {row.counts().begin(), row.counts().end()}, row.shots()).value();
}

namespace {

/// Refuses what is no distribution; gives the sum, which is 1 but for rounding.
Result<double> check_distribution(std::span<const double> probabilities, std::uint64_t shots) {
  constexpr std::uint64_t exact_in_double = std::uint64_t{1} << 53;
  if (shots > exact_in_double)
    return Error{ErrorKind::input, fmt::format("Probabilities cannot be turned into {} shots.", shots),
                 "The limit is 2^53 shots, where double precision ends."};
  double sum = 0;
  for (std::size_t i = 0; i < probabilities.size(); ++i) {
    if (!(probabilities[i] >= 0) || !std::isfinite(probabilities[i]))
      return Error{ErrorKind::input, fmt::format("Probability {} of a result is {}.", i, probabilities[i])};
    sum += probabilities[i];
  }
  if (!(std::abs(sum - 1) <= 1e-6))
    return Error{ErrorKind::input, fmt::format("The probabilities of a result sum to {} instead of 1.", sum)};
  return sum;
}

}  // namespace

Result<std::vector<std::uint64_t>> draw_counts(std::span<const double> probabilities, std::uint64_t shots,
                                               const StreamKey& stream) {
  BORNITE_TRY(const double sum, check_distribution(probabilities, shots));
  static_cast<void>(sum);
  std::vector<double> cumulative(probabilities.size());
  std::partial_sum(probabilities.begin(), probabilities.end(), cumulative.begin());
  std::vector<std::uint64_t> counts(probabilities.size());
  RandomStream random(stream);
  for (std::uint64_t shot = 0; shot < shots; ++shot) {
    const auto place = std::ranges::upper_bound(cumulative, random.uniform() * cumulative.back());
    ++counts[static_cast<std::size_t>(std::min(place, cumulative.end() - 1) - cumulative.begin())];
  }
  return counts;
}

Result<std::vector<std::uint64_t>> counts_from_probabilities(std::span<const double> probabilities,
                                                             std::uint64_t shots) {
  BORNITE_TRY(const double sum, check_distribution(probabilities, shots));
  std::vector<std::uint64_t> counts(probabilities.size());
  std::vector<double> remainders(probabilities.size());
  std::uint64_t total = 0;
  for (std::size_t i = 0; i < probabilities.size(); ++i) {
    const double share = probabilities[i] / sum * static_cast<double>(shots);
    counts[i] = static_cast<std::uint64_t>(share);
    remainders[i] = share - std::floor(share);
    total += counts[i];
  }
  std::vector<std::size_t> order(probabilities.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::stable_sort(order, [&](std::size_t a, std::size_t b) { return remainders[a] > remainders[b]; });
  for (std::size_t k = 0; total < shots; ++k, ++total) ++counts[order[k % order.size()]];
  // Rounding of very large shares can overshoot; take the surplus from the smallest remainders that can give.
  for (std::size_t k = order.size(); total > shots;) {
    k = k == 0 ? order.size() - 1 : k - 1;
    if (counts[order[k]] > 0) --counts[order[k]], --total;
  }
  return counts;
}

}  // namespace bornite
