#include "bornite/inference/objective.hpp"
#include "catch.hpp"
#include "support.hpp"

#include <algorithm>
#include <numeric>

#include <fmt/format.h>

using namespace bornite;
using namespace bornite::test;

namespace {

std::unique_ptr<Objective> cvar(double alpha) { return make_objective({.name = "cvar", .alpha = alpha}).value(); }

/// As the definition reads: sort the outcomes by cost and average the first of them until alpha is used up.
double naive_cvar(const std::vector<double>& q, const std::vector<double>& costs, double alpha) {
  std::vector<std::size_t> order(q.size());
  std::iota(order.begin(), order.end(), 0U);
  std::ranges::sort(order, {}, [&](std::size_t s) { return costs[s]; });
  long double left = alpha, sum = 0;
  for (const std::size_t s : order) {
    const long double share = std::min<long double>(q[s], left);
    sum += share * costs[s];
    left -= share;
  }
  return static_cast<double>(sum / alpha);
}

/// Costs as varied as tables are: all different, a few values that repeat, one outlier, all equal.
std::vector<double> some_costs(RandomStream& random, std::size_t size, std::size_t kind) {
  std::vector<double> costs = random_numbers(random, size, -2, 3);
  if (kind == 1)
    for (double& cost : costs) cost = std::floor(cost);
  if (kind == 2) costs[size / 2] = 1e12;
  if (kind == 3) std::ranges::fill(costs, 0.75);
  return costs;
}

}  // namespace

TEST_CASE("cvar is the mean cost of the lowest part of the outcomes") {
  RandomStream random = stream(60);
  for (const std::size_t bits : {1U, 4U, 9U, 14U})
    for (const std::size_t kind : {0U, 1U, 2U, 3U})
      for (const double alpha : {1e-4, 0.03, 0.5, 1.0}) {
        CAPTURE(bits, kind, alpha);
        const std::vector<double> q = random_distribution(random, bits);
        const std::vector<double> costs = some_costs(random, q.size(), kind);
        const ObjectiveTerms terms = cvar(alpha)->exact(q, costs, {});
        // Where the tail ends at the outlier, what q misses to a sum of one is multiplied by its cost.
        const auto missing = static_cast<double>(std::abs(1 - std::accumulate(q.begin(), q.end(), 0.0L)));
        const double rounding = kind == 2 && alpha == 1 ? 1e12 * (missing + 1e-15) : 0;
        REQUIRE(terms.value == Approx(naive_cvar(q, costs, alpha)).epsilon(1e-11).margin(rounding));
        const double mean = vector_of(q).dot(vector_of(costs));
        REQUIRE(terms.expected_cost == Approx(mean).epsilon(1e-12).margin(1e-12));
      }
}

TEST_CASE("cvar of all outcomes is the expected cost, with the effective cost of mle up to a constant") {
  RandomStream random = stream(61);
  const std::vector<double> q = random_distribution(random, 6);
  const std::vector<double> costs = random_numbers(random, q.size());
  std::vector<double> g(q.size());
  const ObjectiveTerms terms = cvar(1)->exact(q, costs, g);
  REQUIRE(terms.value == Approx(terms.expected_cost).epsilon(1e-13));
  for (std::size_t s = 1; s < g.size(); ++s)
    REQUIRE(g[s] - g[0] == Approx(costs[s] - costs[0]).epsilon(1e-12).margin(1e-14));
}

TEST_CASE("the effective cost of cvar is its derivative along every change of the distribution") {
  RandomStream random = stream(62);
  for (const double alpha : {0.05, 0.4}) {
    const std::vector<double> q = random_distribution(random, 6), other = random_distribution(random, 6);
    const std::vector<double> costs = random_numbers(random, q.size());
    std::vector<double> g(q.size());
    (void)cvar(alpha)->exact(q, costs, g);
    const double step = 1e-7;
    std::vector<double> up(q), down(q);
    for (std::size_t s = 0; s < q.size(); ++s) {
      up[s] += step * (other[s] - q[s]);
      down[s] -= step * (other[s] - q[s]);
    }
    const double slope = (naive_cvar(up, costs, alpha) - naive_cvar(down, costs, alpha)) / (2 * step);
    REQUIRE(vector_of(g).dot(vector_of(other) - vector_of(q)) == Approx(slope).epsilon(1e-6));
  }
}

TEST_CASE("cvar from shots is the mean of the lowest shots") {
  RandomStream random = stream(63);
  const BitstringList strings = all_strings(4);
  const std::vector<double> costs = random_numbers(random, 16);
  std::vector<std::uint64_t> counts(16);
  for (std::uint64_t& count : counts) count = 1 + random() % 20;
  const std::uint64_t shots = std::accumulate(counts.begin(), counts.end(), std::uint64_t{0});
  const ShotRow row = ShotRow::create(strings, counts, shots).value();
  std::vector<double> single;
  for (std::size_t s = 0; s < 16; ++s) single.insert(single.end(), counts[s], costs[s]);
  std::ranges::sort(single);
  for (const std::size_t lowest : {std::size_t{1}, std::size_t{7}, single.size() / 2, single.size()}) {
    const double mean = std::accumulate(single.begin(), single.begin() + static_cast<std::ptrdiff_t>(lowest), 0.0) /
                        static_cast<double>(lowest);
    const double alpha = static_cast<double>(lowest) / static_cast<double>(shots);
    REQUIRE(cvar(alpha)->sampled(row, costs)->value == Approx(mean).epsilon(1e-12));
  }
}

TEST_CASE("the sampled effective cost of cvar is the exact one of the sample's own distribution") {
  RandomStream random = stream(64);
  const BitstringList strings = all_strings(4);
  const std::vector<double> costs = random_numbers(random, 16);
  const BitstringList drawn = draw(random, random_distribution(random, 4), 200);
  const ShotRow base = merged(drawn);
  std::vector<double> q(16), base_costs(base.size()), exact(16), sampled(16);
  for (std::size_t i = 0; i < base.size(); ++i) {
    q[base.strings()[i].index()] = static_cast<double>(base.counts()[i]) / 200;
    base_costs[i] = costs[base.strings()[i].index()];
  }
  (void)cvar(0.3)->exact(q, costs, exact);
  REQUIRE(cvar(0.3)->sampled_effective_cost(base, base_costs, strings, costs, sampled).has_value());
  for (std::size_t s = 0; s < 16; ++s) REQUIRE(sampled[s] == Approx(exact[s]).epsilon(1e-13));
}

TEST_CASE("a part that is no part, and one of less than a shot, are refused with their numbers") {
  for (const double alpha : {0.0, -0.1, 1.5})
    REQUIRE_THAT(describe(make_objective({.name = "cvar", .alpha = alpha}).error()),
                 Catch::Contains(fmt::format("objective.alpha is {}", alpha)));
  const ShotRow row = merged(all_strings(2));
  const std::vector<double> costs = {4, 3, 2, 1};
  REQUIRE(cvar(0.25)->sampled(row, costs)->value == 1);
  REQUIRE_THAT(cvar(0.2)->sampled(row, costs).error().message, Catch::Contains("0.2 of 4 shots"));
}
