#include "bornite/inference/mmd.hpp"
#include "bornite/inference/objective.hpp"
#include "catch.hpp"
#include "support.hpp"

#include <functional>

using namespace bornite;
using namespace bornite::test;

namespace {

std::unique_ptr<Objective> made(const ObjectiveSettings& settings) { return make_objective(settings).value(); }

/// d f(h) / dh at 0 by the five-point rule, whose error is of fourth order.
double derivative(const std::function<double(double)>& f, double h) {
  return (8 * (f(h) - f(-h)) - (f(2 * h) - f(-2 * h))) / (12 * h);
}

/// A change of q that sums to zero and keeps q positive for steps below 1 / 2.
std::vector<double> random_direction(RandomStream& random, std::span<const double> q) {
  std::vector<double> direction = random_numbers(random, q.size(), -1, 1);
  double mean = 0;
  for (std::size_t s = 0; s < q.size(); ++s) mean += q[s] * direction[s];
  for (std::size_t s = 0; s < q.size(); ++s) direction[s] = q[s] * (direction[s] - mean);
  return direction;
}

}  // namespace

TEST_CASE("the effective cost of each objective is its derivative along random directions in the simplex") {
  RandomStream random = stream(40);
  for (const std::string name : {"mle", "elbo", "selbo"})
    for (std::size_t kind : {0U, 1U})
      for (const std::size_t bits : {2U, 5U, 8U, 13U, 15U}) {
        const std::vector<double> q = random_distribution(random, bits);
        const std::vector<double> costs = random_numbers(random, q.size());
        const std::vector<double> gammas = kind == 0 ? std::vector<double>{} : std::vector{0.2, 0.9};
        const auto objective =
            made({.name = name, .beta = 0.3, .lambda = 0.8, .gammas = gammas, .prior = some_prior(random, bits, kind)});
        std::vector<double> g(q.size());
        const double value = objective->exact(q, costs, g).value;
        REQUIRE(value == objective->exact(q, costs, {}).value);
        const std::vector<double> direction = random_direction(random, q);
        const auto along = [&](double h) {
          std::vector<double> moved = q;
          for (std::size_t s = 0; s < q.size(); ++s) moved[s] += h * direction[s];
          return objective->exact(moved, costs, {}).value;
        };
        const double scale = vector_of(direction).cwiseAbs().sum();
        REQUIRE(std::abs(vector_of(g).dot(vector_of(direction)) - derivative(along, 2e-3)) < 1e-10 * scale);
      }
}

TEST_CASE("the effective cost and the value of selbo equal direct sums over all pairs, across all passes") {
  RandomStream random = stream(44);
  for (const std::size_t bits : {1U, 3U, 11U, 13U, 15U, 17U})
    for (std::size_t kind : {0U, 1U}) {
      const std::vector<double> q = random_distribution(random, bits), costs = random_numbers(random, q.size());
      const std::vector<double> gammas = kind == 0 ? std::vector{0.1} : std::vector{0.2, 0.9};
      const Kernel kernel = Kernel::hamming(gammas).value();
      const Prior prior = some_prior(random, bits, kind);
      const Eigen::VectorXd difference = vector_of(q) - dense_prior(prior);
      std::vector<double> table(bits + 1);
      for (std::size_t d = 0; d <= bits; ++d) table[d] = naive_kernel(kernel, d);
      const auto mapped = [&](std::size_t s) {
        double sum = 0;
        for (std::size_t t = 0; t < q.size(); ++t)
          sum += table[static_cast<std::size_t>(std::popcount(s ^ t))] * difference(static_cast<Eigen::Index>(t));
        return sum;
      };
      std::vector<double> g(q.size());
      const auto objective = made({.name = "selbo", .lambda = 0.8, .gammas = gammas, .prior = prior});
      const ObjectiveTerms terms = objective->exact(q, costs, g);
      for (int spot = 0; spot < 20; ++spot) {
        const std::size_t s = random() % q.size();
        REQUIRE(std::abs(g[s] - (costs[s] + 1.6 * mapped(s))) < 1e-13);
      }
      const Eigen::VectorXd all = (vector_of(g) - vector_of(costs)) / 1.6;
      REQUIRE(*terms.mmd2 == Approx(difference.dot(all)).epsilon(1e-11));
      REQUIRE(terms.expected_cost == Approx(vector_of(q).dot(vector_of(costs))).epsilon(1e-13));
      REQUIRE(mmd_squared(q, prior, kernel) == Approx(*terms.mmd2).epsilon(1e-13));
    }
}

TEST_CASE("the effective cost of elbo gives the derivative where amplitudes are zero") {
  RandomStream random = stream(41);
  std::vector<double> psi = {0.8, 0, 0.6, 0, 0, 0, 0, 0};
  std::vector<double> change(8, 0.0);  // a rotation that keeps the length and moves zero amplitudes away from zero
  change[0] = -0.6;
  change[2] = 0.8;
  change[1] = 0.7;
  const std::vector<double> costs = random_numbers(random, 8);
  const auto elbo = made({.name = "elbo", .beta = 0.5, .prior = random_prior(random, 3)});
  const auto along = [&](double h) {
    std::vector<double> q(8);
    for (std::size_t s = 0; s < 8; ++s) q[s] = std::pow(psi[s] + h * change[s], 2);
    return elbo->exact(q, costs, {}).value;
  };
  std::vector<double> q(8), g(8);
  for (std::size_t s = 0; s < 8; ++s) q[s] = psi[s] * psi[s];
  (void)elbo->exact(q, costs, g);
  double expected = 0;
  for (std::size_t s = 0; s < 8; ++s) expected += g[s] * 2 * psi[s] * change[s];
  // The 1 of d(q log q) = (1 + log q) dq drops out: the changes of q sum to zero.
  REQUIRE(expected == Approx(derivative(along, 1e-4)).epsilon(1e-7));
}

TEST_CASE("the sampled effective cost of selbo averages to the exact one at every string") {
  RandomStream random = stream(42);
  const std::size_t bits = 5, repeats = 2000;
  const BitstringList strings = all_strings(bits);
  for (std::size_t kind : {0U, 1U}) {
    const std::vector<double> q = random_distribution(random, bits);
    const std::vector<double> costs = random_numbers(random, q.size());
    const auto selbo = made({.name = "selbo", .lambda = 3, .prior = some_prior(random, bits, kind)});
    std::vector<double> exact(q.size()), g(q.size());
    (void)selbo->exact(q, costs, exact);
    std::vector<Average> averages(q.size());
    for (std::size_t repeat = 0; repeat < repeats; ++repeat) {
      REQUIRE(selbo->sampled_effective_cost(merged(draw(random, q, 16)), {}, strings, costs, g).has_value());
      for (std::size_t s = 0; s < g.size(); ++s) averages[s].add(g[s]);
    }
    for (std::size_t s = 0; s < g.size(); ++s)
      REQUIRE(std::abs(averages[s].mean() - exact[s]) < 4 * averages[s].standard_error());
  }
}

TEST_CASE("the sampled effective cost of a whole distribution as counts is the exact one, by pairs and by transform") {
  RandomStream random = stream(43);
  for (const std::size_t bits : {3U, 7U}) {
    const BitstringList strings = all_strings(bits);
    std::vector<std::uint64_t> counts(strings.size());
    std::uint64_t shots = 0;
    for (std::uint64_t& count : counts) shots += count = 1 + random() % 50;
    std::vector<double> q(strings.size());
    for (std::size_t s = 0; s < q.size(); ++s) q[s] = static_cast<double>(counts[s]) / static_cast<double>(shots);
    const std::vector<double> costs = random_numbers(random, q.size());
    const auto selbo = made({.name = "selbo", .lambda = 3, .gammas = {0.3, 1.0}, .prior = random_prior(random, bits)});
    std::vector<double> exact(q.size()), g(q.size());
    (void)selbo->exact(q, costs, exact);
    const ShotRow base = ShotRow::create(strings, counts, shots).value();
    REQUIRE(selbo->sampled_effective_cost(base, {}, strings, costs, g).has_value());
    REQUIRE((vector_of(g) - vector_of(exact)).cwiseAbs().maxCoeff() < 1e-13);
  }
}

TEST_CASE("the sampled effective cost of selbo works for 156 bits") {
  RandomStream random = stream(44);
  const std::size_t bits = 156;
  const BitstringList shots = draw_near_centres(random, bits, 20), at = draw_near_centres(random, bits, 7);
  const Prior prior = random_prior(random, bits);
  const Kernel kernel = some_kernel(bits, 1);
  const std::vector<double> costs = random_numbers(random, at.size());
  std::vector<double> g(at.size());
  const auto selbo = made({.name = "selbo", .lambda = 2, .prior = prior});
  REQUIRE(selbo->sampled_effective_cost(merged(shots), {}, at, costs, g).has_value());
  for (std::size_t j = 0; j < at.size(); ++j) {
    double mean = 0;
    for (std::size_t i = 0; i < shots.size(); ++i) mean += naive_kernel(kernel, hamming_distance(at[j], shots[i])) / 20;
    REQUIRE(g[j] == Approx(costs[j] + 4 * (mean - kernel.mean_under(prior, at[j]))).epsilon(1e-13));
  }
}

TEST_CASE("the sampled effective cost of mle is the cost") {
  const BitstringList strings = all_strings(2);
  const std::vector<double> costs = {4, 3, 2, 1};
  std::vector<double> g(4);
  REQUIRE(made({.name = "mle"})->sampled_effective_cost(merged(strings), {}, strings, costs, g).has_value());
  REQUIRE(g == costs);
}
