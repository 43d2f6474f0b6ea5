#include "bornite/backend/shot_table.hpp"

#include <rapidcheck/catch.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <numeric>
#include <random>

#include "catch.hpp"

namespace bornite {
namespace {

using Catch::Contains;

/// Strings with their counts, as text: the independent form of a row.
using Tally = std::map<std::string, std::uint64_t>;

/// Outcomes of so many bits as a provider might list them: in any order, with repeats and zeros.
struct Outcomes {
  std::size_t bits;
  std::vector<std::pair<std::string, std::uint64_t>> list;

  [[nodiscard]] std::uint64_t shots() const {
    return std::accumulate(list.begin(), list.end(), std::uint64_t{0},
                           [](auto sum, const auto& o) { return sum + o.second; });
  }
  [[nodiscard]] Tally tally() const {
    Tally tally;
    for (const auto& [text, count] : list)
      if (count > 0) tally[text] += count;
    return tally;
  }
};

Outcomes any_outcomes() {
  const auto bits = *rc::gen::element<std::size_t>(1, 2, 5, 63, 64, 65, 128, 156);
  Outcomes outcomes{bits, {}};
  // Few distinct strings, so that they repeat.
  std::vector<std::string> pool(*rc::gen::inRange<std::size_t>(1, 6));
  for (std::string& text : pool) text = *rc::gen::container<std::string>(bits, rc::gen::element('0', '1'));
  const auto size = *rc::gen::inRange<std::size_t>(0, 20);
  for (std::size_t i = 0; i < size; ++i)
    outcomes.list.emplace_back(*rc::gen::elementOf(pool), *rc::gen::inRange<std::uint64_t>(0, 50));
  return outcomes;
}

Result<ShotRow> row_of(const Outcomes& outcomes, std::uint64_t shots) {
  BitstringList strings(outcomes.bits);
  std::vector<std::uint64_t> counts;
  for (const auto& [text, count] : outcomes.list) {
    strings.push_back(Bitstring::from_text(text).value());
    counts.push_back(count);
  }
  return ShotRow::create(std::move(strings), std::move(counts), shots);
}

Result<ShotRow> row_of_shots(const Outcomes& shots, std::uint64_t count) {
  BitstringList strings(shots.bits);
  for (const auto& shot : shots.list) strings.push_back(Bitstring::from_text(shot.first).value());
  return ShotRow::create(std::move(strings), count);
}

Tally tally_of(const ShotRow& row) {
  Tally tally;
  for (std::size_t i = 0; i < row.size(); ++i) tally[row.strings()[i].to_text()] += row.counts()[i];
  return tally;
}

/// Each shot on its own, in a random order: the finest split there is.
Outcomes shuffled_shots(const Outcomes& outcomes, unsigned seed) {
  Outcomes single{outcomes.bits, {}};
  for (const auto& [text, count] : outcomes.list)
    for (std::uint64_t i = 0; i < count; ++i) single.list.emplace_back(text, 1);
  std::mt19937 random(seed);
  std::ranges::shuffle(single.list, random);
  return single;
}

TEST_CASE("a row holds the tally of its outcomes, sorted, distinct and without zeros") {
  rc::prop("", [] {
    const Outcomes outcomes = any_outcomes();
    const ShotRow row = row_of(outcomes, outcomes.shots()).value();
    RC_ASSERT(tally_of(row) == outcomes.tally());
    RC_ASSERT(row.size() == outcomes.tally().size());
    RC_ASSERT(row.bits() == outcomes.bits);
    RC_ASSERT(row.shots() == outcomes.shots());
    for (std::size_t i = 1; i < row.size(); ++i) RC_ASSERT(row.strings()[i - 1] < row.strings()[i]);
  });
}

TEST_CASE("any split and order of the same shots gives the same row") {
  rc::prop("", [] {
    const Outcomes outcomes = any_outcomes();
    const ShotRow together = row_of(outcomes, outcomes.shots()).value();
    const Outcomes single = shuffled_shots(outcomes, *rc::gen::arbitrary<unsigned>());
    const ShotRow apart = row_of(single, outcomes.shots()).value();
    RC_ASSERT(std::ranges::equal(together.strings().words(), apart.strings().words()));
    RC_ASSERT(std::ranges::equal(together.counts(), apart.counts()));
    const ShotRow one_by_one = row_of_shots(single, outcomes.shots()).value();
    RC_ASSERT(std::ranges::equal(together.strings().words(), one_by_one.strings().words()));
    RC_ASSERT(std::ranges::equal(together.counts(), one_by_one.counts()));
    RC_ASSERT(row_of_shots(single, outcomes.shots() + 1).has_error());
  });
}

TEST_CASE("a row whose counts do not sum to its shots is refused with both numbers") {
  rc::prop("", [] {
    const Outcomes outcomes = any_outcomes();
    const auto wrong = *rc::gen::distinctFrom(rc::gen::inRange<std::uint64_t>(0, 1000), outcomes.shots());
    const Result<ShotRow> row = row_of(outcomes, wrong);
    RC_ASSERT(row.has_error());
    RC_ASSERT(row.error().message.find(std::to_string(outcomes.shots())) != std::string::npos);
    RC_ASSERT(row.error().message.find(std::to_string(wrong)) != std::string::npos);
  });
}

TEST_CASE("counts that overflow are refused instead of summing to the shots by accident") {
  const Outcomes outcomes{1, {{"0", std::numeric_limits<std::uint64_t>::max()}, {"1", 11}}};
  const Result<ShotRow> row = row_of(outcomes, 10);
  REQUIRE(row.has_error());
  CHECK_THAT(row.error().message, Contains("more than 2^64"));
}

TEST_CASE("a row with more counts than strings is refused") {
  BitstringList strings(2);
  strings.push_back(Bitstring::from_index(2, 1));
  const Result<ShotRow> row = ShotRow::create(strings, {1, 1}, 2);
  REQUIRE(row.has_error());
  CHECK_THAT(row.error().message, Contains("1 bitstrings but 2 counts"));
}

TEST_CASE("strings of 156 bits that differ in any one bit stay apart") {
  BitstringList strings(156);
  for (std::size_t bit = 0; bit < 156; ++bit) {
    Bitstring string(156);
    string.set(bit, true);
    strings.push_back(string);
  }
  const ShotRow row = ShotRow::create(strings, std::vector<std::uint64_t>(156, 2), 312).value();
  REQUIRE(row.size() == 156);
  for (std::size_t bit = 0; bit < 156; ++bit) CHECK(row.strings()[bit][bit]);  // ascending as numbers
}

TEST_CASE("a table keeps its rows in order and refuses rows of different lengths") {
  const ShotRow one = row_of({3, {{"100", 1}}}, 1).value();
  const ShotRow two = row_of({3, {{"010", 2}}}, 2).value();
  const ShotTable table = ShotTable::create({one, two}).value();
  REQUIRE(table.rows() == 2);
  CHECK(tally_of(table[0]) == Tally{{"100", 1}});
  CHECK(tally_of(table[1]) == Tally{{"010", 2}});
  CHECK(ShotTable::create({}).value().rows() == 0);

  const Result<ShotTable> mixed = ShotTable::create({one, row_of({4, {{"1000", 1}}}, 1).value()});
  REQUIRE(mixed.has_error());
  CHECK_THAT(mixed.error().message, Contains("3 and 4 bits"));
}

TEST_CASE("counts from probabilities sum to the shots, each within one of its share") {
  rc::prop("", [] {
    const auto weights = *rc::gen::suchThat(
        rc::gen::nonEmpty(rc::gen::container<std::vector<double>>(
            rc::gen::map(rc::gen::inRange<std::uint32_t>(0, 1'000'000),
                         [](std::uint32_t w) { return w < 200'000 ? 0.0 : w * 1e-3; }))),
        [](const std::vector<double>& w) { return std::ranges::any_of(w, [](double x) { return x > 0; }); });
    const auto shots = *rc::gen::element<std::uint64_t>(0, 1, 7, 1000, 100'003, 1'000'000'007);
    const double total = std::accumulate(weights.begin(), weights.end(), 0.0);
    std::vector<double> probabilities(weights.size());
    std::ranges::transform(weights, probabilities.begin(), [&](double w) { return w / total; });

    const std::vector<std::uint64_t> counts = counts_from_probabilities(probabilities, shots).value();
    RC_ASSERT(counts.size() == probabilities.size());
    RC_ASSERT(std::accumulate(counts.begin(), counts.end(), std::uint64_t{0}) == shots);
    for (std::size_t i = 0; i < counts.size(); ++i) {
      const double share = probabilities[i] * static_cast<double>(shots);
      RC_ASSERT(std::abs(static_cast<double>(counts[i]) - share) < 1 + 1e-5);
    }
  });
}

TEST_CASE("the shots that remain go to the largest remainders, the first of equals first") {
  CHECK(counts_from_probabilities(std::vector{0.5, 0.3, 0.2}, 10).value() == std::vector<std::uint64_t>{5, 3, 2});
  CHECK(counts_from_probabilities(std::vector{0.25, 0.25, 0.5}, 1).value() == std::vector<std::uint64_t>{0, 0, 1});
  CHECK(counts_from_probabilities(std::vector{0.5, 0.5}, 3).value() == std::vector<std::uint64_t>{2, 1});
  // Truncation would lose a shot here: 0.29 * 100 is 28.999999999999996.
  CHECK(counts_from_probabilities(std::vector{0.29, 0.71}, 100).value() == std::vector<std::uint64_t>{29, 71});
}

TEST_CASE("a very large number of shots is shared out exactly") {
  const std::uint64_t shots = std::uint64_t{1} << 53;
  const auto counts = counts_from_probabilities(std::vector{0.1, 0.2, 0.7}, shots).value();
  CHECK(counts[0] + counts[1] + counts[2] == shots);
  const auto beyond = counts_from_probabilities(std::vector{1.0}, shots + 1);
  REQUIRE(beyond.has_error());
  CHECK_THAT(beyond.error().message, Contains("9007199254740993"));
}

TEST_CASE("numbers that are no probabilities are refused by their place and value") {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  const double infinity = std::numeric_limits<double>::infinity();
  const auto message = [](std::vector<double> p) { return counts_from_probabilities(p, 10).error().message; };
  CHECK_THAT(message({1.1, -0.1}), Contains("Probability 1 of a result is -0.1"));
  CHECK_THAT(message({0.5, nan}), Contains("Probability 1 of a result is nan"));
  CHECK_THAT(message({infinity}), Contains("Probability 0 of a result is inf"));
  CHECK_THAT(message({0.5, 0.4}), Contains("sum to 0.9 instead of 1"));
  CHECK_THAT(message({}), Contains("sum to 0 instead of 1"));
  CHECK_THAT(message({0.5, 0.500002}), Contains("instead of 1"));
  CHECK(counts_from_probabilities(std::vector{0.5, 0.5000009}, 10).has_value());
}

}  // namespace
TEST_CASE("selected bits are in the order asked for, and strings that become equal are counted together") {
  BitstringList strings(70);
  std::vector<std::uint64_t> counts;
  for (const auto& [ones, count] : {std::pair(std::vector{0, 69}, 3U), {std::vector{69}, 4U}, {std::vector{2}, 5U}}) {
    Bitstring string(70);
    for (const int bit : ones) string.set(static_cast<std::size_t>(bit), true);
    strings.push_back(string);
    counts.push_back(count);
  }
  const ShotRow row = ShotRow::create(strings, counts, 12).value();
  const std::vector<std::size_t> bits{69, 1, 2};
  const ShotRow selected = select_bits(row, bits);
  REQUIRE(selected.size() == 2);
  CHECK(selected.shots() == 12);
  CHECK(selected.strings()[0].to_text() == "100");
  CHECK(selected.counts()[0] == 7);
  CHECK(selected.strings()[1].to_text() == "001");
  CHECK(selected.counts()[1] == 5);
  const std::vector<std::size_t> none{70};
  CHECK_THROWS_AS(select_bits(row, none), std::out_of_range);
}

TEST_CASE("drawn counts sum to the shots, follow the distribution, and are the same for the same stream") {
  const std::vector<double> p{0.5, 0, 0.25, 0.125, 0.125};
  constexpr std::uint64_t shots = 80'000;
  const auto counts = draw_counts(p, shots, {.seed = 3}).value();
  CHECK(std::accumulate(counts.begin(), counts.end(), std::uint64_t{0}) == shots);
  CHECK(counts == draw_counts(p, shots, {.seed = 3}).value());
  CHECK(counts != draw_counts(p, shots, {.seed = 4}).value());
  CHECK(counts[1] == 0);
  double chi_square = 0;
  for (const std::size_t i : {0, 2, 3, 4}) {
    const double mean = p[i] * static_cast<double>(shots);
    chi_square += std::pow(static_cast<double>(counts[i]) - mean, 2) / mean;
  }
  CHECK(chi_square < 16.3);  // one sample in a thousand is further off, with three degrees of freedom
  CHECK_FALSE(draw_counts(std::vector{0.5, 0.4}, 1, {}).has_value());
  CHECK_FALSE(draw_counts(std::vector{1.5, -0.5}, 1, {}).has_value());
}

}  // namespace bornite
