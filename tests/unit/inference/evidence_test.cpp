#include "bornite/inference/evidence.hpp"

#include "bornite/inference/objective.hpp"
#include "catch.hpp"
#include "support.hpp"

using namespace bornite;
using namespace bornite::test;

TEST_CASE("elbo is never below the evidence bound and meets it at the posterior") {
  RandomStream random = stream(50);
  for (const std::size_t bits : {1U, 4U, 8U, 13U})
    for (std::size_t kind : {0U, 1U})
      for (const double beta : {1.0, 0.05, 1.0 / 12665}) {
        const Prior prior = some_prior(random, bits, kind);
        const std::vector<double> costs = random_numbers(random, std::size_t{1} << bits, 0.3, 1.2);
        const auto elbo = make_objective({.name = "elbo", .beta = beta, .prior = prior}).value();
        const double bound = evidence_bound(costs, prior, beta);
        std::vector<double> best(costs.size());
        posterior(costs, prior, beta, best);
        REQUIRE(vector_of(best).sum() == Approx(1).epsilon(1e-13));
        REQUIRE(elbo->exact(best, costs, {}).value == Approx(bound).epsilon(1e-12));
        for (int trial = 0; trial < 10; ++trial) {
          std::vector<double> q = random_distribution(random, bits);
          REQUIRE(elbo->exact(q, costs, {}).value > bound);
          for (std::size_t s = 0; s < q.size(); ++s) q[s] = 0.999 * best[s] + 0.001 * q[s];
          REQUIRE(elbo->exact(q, costs, {}).value > bound);
        }
      }
}

TEST_CASE("the evidence of costs that add up over bits is a product over bits") {
  RandomStream random = stream(51);
  const std::size_t bits = 14;
  const Prior prior = random_prior(random, bits);
  const std::vector<double> share = random_numbers(random, bits, -1, 1);
  std::vector<double> costs(std::size_t{1} << bits, 0.0);
  for (std::size_t s = 0; s < costs.size(); ++s)
    for (std::size_t i = 0; i < bits; ++i)
      if ((s >> i) & 1U) costs[s] += share[i];
  const double beta = 0.37;
  double expected = 0;
  std::vector<double> ones(bits);  // posterior probability of each bit being 1
  for (std::size_t i = 0; i < bits; ++i) {
    const double one = prior.probability_of_one(i) * std::exp(-share[i] / beta);
    const double zero = 1 - prior.probability_of_one(i);
    expected -= beta * std::log(zero + one);
    ones[i] = one / (zero + one);
  }
  REQUIRE(evidence_bound(costs, prior, beta) == Approx(expected).epsilon(1e-12));
  std::vector<double> best(costs.size());
  posterior(costs, prior, beta, best);
  const Eigen::VectorXd product = dense_prior(Prior::bernoulli(ones).value());
  REQUIRE((vector_of(best) - product).cwiseAbs().maxCoeff() < 1e-14);
}

TEST_CASE("the evidence bound does not overflow at a tiny beta") {
  const std::vector<double> costs = {3, 1, 2, 5};
  REQUIRE(evidence_bound(costs, Prior::uniform(2), 1e-9) == Approx(1 + 1e-9 * std::log(4.0)).epsilon(1e-15));
  std::vector<double> best(4);
  posterior(costs, Prior::uniform(2), 1e-9, best);
  REQUIRE((best == std::vector<double>{0, 1, 0, 0}));
}

TEST_CASE("the evidence refuses a beta that is not positive and finite and costs of another number") {
  const std::vector<double> costs(4, 1.0);
  std::vector<double> two(2);
  for (const double wrong : {0.0, -1.0, std::nan(""), HUGE_VAL})
    REQUIRE_THROWS_AS(evidence_bound(costs, Prior::uniform(2), wrong), std::invalid_argument);
  REQUIRE_THROWS_AS(evidence_bound(costs, Prior::uniform(3), 1), std::invalid_argument);
  REQUIRE_THROWS_AS(posterior(costs, Prior::uniform(2), 1, two), std::invalid_argument);
}
