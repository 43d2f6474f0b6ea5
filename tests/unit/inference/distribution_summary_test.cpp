#include "bornite/inference/distribution_summary.hpp"

#include "catch.hpp"
#include "support.hpp"

using namespace bornite;
using namespace bornite::test;

TEST_CASE("a distribution is summarised as computed by hand") {
  const std::vector<double> q = {0.5, 0.25, 0, 0.25}, costs = {3, 2, 1, 1.5};
  const DistributionSummary summary = summarise(q, costs, {.gap = 0.5});
  REQUIRE(summary.expected_cost == Approx(2.375));
  REQUIRE(summary.entropy == Approx(1.5 * std::log(2.0)));
  REQUIRE(summary.most_probable == 0);
  REQUIRE(summary.most_probable_probability == 0.5);
  REQUIRE(summary.best == 3);  // string 2 costs less but never occurs
  REQUIRE(*summary.mass_near_optimum == 0.25);
  REQUIRE(*summarise(q, costs, {.gap = 0.1, .optimum = 1.95}).mass_near_optimum == 0.5);
  REQUIRE(*summarise(q, costs, {.gap = 0}).mass_near_optimum == 0);
}

TEST_CASE("the best string is taken among those above the threshold, the more probable among equals") {
  const std::vector<double> q = {0.1, 0.2, 0.3, 0.4}, costs = {0, 1, 1, 2};
  REQUIRE(summarise(q, costs, {.threshold = 0.05}).best == 0);
  REQUIRE(summarise(q, costs, {.threshold = 0.1}).best == 2);
  REQUIRE(summarise(q, costs, {.threshold = 0.35}).best == 3);
  REQUIRE_FALSE(summarise(q, costs, {.threshold = 0.4}).best);
}

TEST_CASE("sums of a summary over many blocks are exact to rounding") {
  const std::size_t size = std::size_t{1} << 16;
  const std::vector<double> q(size, 1.0 / static_cast<double>(size));
  std::vector<double> costs(size);
  for (std::size_t s = 0; s < size; ++s) costs[s] = static_cast<double>(s);
  const DistributionSummary summary = summarise(q, costs, {.gap = 99});
  REQUIRE(summary.expected_cost == Approx(static_cast<double>(size - 1) / 2).epsilon(1e-15));
  REQUIRE(summary.entropy == Approx(16 * std::log(2.0)).epsilon(1e-14));
  REQUIRE(*summary.mass_near_optimum == Approx(100.0 / static_cast<double>(size)).epsilon(1e-15));
}

TEST_CASE("a sample is summarised by its frequencies, near the optimum only when that is known") {
  BitstringList strings(90);
  Bitstring second(90);
  second.set(80, true);
  strings.push_back(Bitstring(90));
  strings.push_back(second);
  const ShotRow row = ShotRow::create(strings, {3, 1}, 4).value();
  const std::vector<double> costs = {2, 1};
  const DistributionSummary summary = summarise(row, costs);
  REQUIRE(summary.expected_cost == 1.75);
  REQUIRE(summary.entropy == Approx(-0.75 * std::log(0.75) - 0.25 * std::log(0.25)));
  REQUIRE(summary.most_probable == 0);
  REQUIRE(summary.most_probable_probability == 0.75);
  REQUIRE(summary.best == 1);
  REQUIRE_FALSE(summary.mass_near_optimum);
  REQUIRE(*summarise(row, costs, {.gap = 0.2, .optimum = 0.9}).mass_near_optimum == 0.25);
}

TEST_CASE("a summary refuses nothing at all and sizes that differ") {
  const std::vector<double> two(2, 0.5), none;
  REQUIRE_THROWS_AS(summarise(none, none), std::invalid_argument);
  REQUIRE_THROWS_AS(summarise(two, none), std::invalid_argument);
  REQUIRE_THROWS_AS(summarise(merged(all_strings(2)), two), std::invalid_argument);
  REQUIRE_THROWS_AS(summarise(merged(BitstringList(2)), none), std::invalid_argument);
}
