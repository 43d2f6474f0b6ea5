#include "bornite/inference/prior.hpp"

#include "catch.hpp"
#include "support.hpp"

#include <fmt/format.h>

using namespace bornite;
using namespace bornite::test;

TEST_CASE("probabilities of a prior are the products over bits, sum to 1 and match their logarithms") {
  RandomStream random = stream(1);
  for (const std::size_t bits : {1U, 2U, 5U, 11U, 12U, 13U, 15U})
    for (std::size_t kind : {0U, 1U}) {
      const Prior prior = some_prior(random, bits, kind);
      const Eigen::VectorXd expected = dense_prior(prior);
      std::vector<double> p(std::size_t{1} << bits), log_p(p.size());
      prior.probabilities(p);
      prior.log_probabilities(log_p);
      REQUIRE(vector_of(p).sum() == Approx(1).epsilon(1e-13));
      double worst = 0, worst_log = 0, worst_single = 0;
      for (std::size_t s = 0; s < p.size(); ++s) {
        const double e = expected(static_cast<Eigen::Index>(s));
        worst = std::max(worst, std::abs(p[s] / e - 1));
        worst_log = std::max(worst_log, std::abs(log_p[s] - std::log(e)));
        worst_single =
            std::max(worst_single, std::abs(prior.log_probability(Bitstring::from_index(bits, s)) - log_p[s]));
      }
      REQUIRE(worst < 1e-14);
      REQUIRE(worst_log < 1e-12);
      REQUIRE(worst_single < 1e-12);
    }
}

TEST_CASE("a uniform prior is known as such however it was made") {
  REQUIRE(Prior::uniform(3).is_uniform());
  REQUIRE(Prior::bernoulli({0.5, 0.5}).value().is_uniform());
  REQUIRE_FALSE(Prior::bernoulli({0.5, 0.25}).value().is_uniform());
  REQUIRE(Prior::bernoulli({0.5, 0.25}).value().probability_of_one(1) == 0.25);
  REQUIRE_THROWS_AS(Prior::uniform(3).probability_of_one(3), std::out_of_range);
}

TEST_CASE("the prior of a long string is finite") {
  const Prior prior = Prior::uniform(156);
  REQUIRE(prior.log_probability(Bitstring(156)) == Approx(-156 * std::log(2.0)));
}

TEST_CASE("a tiny probability keeps its complement's logarithm") {
  const Prior prior = Prior::bernoulli({1e-20}).value();
  REQUIRE(prior.log_probability(Bitstring(1)) == Approx(-1e-20).epsilon(1e-12));
}

TEST_CASE("a prior refuses probabilities that are not strictly between 0 and 1 and names them") {
  for (const double wrong : {0.0, 1.0, -0.1, 1.5, std::nan("")}) {
    const Result<Prior> prior = Prior::bernoulli({0.5, 0.5, wrong});
    REQUIRE(prior.has_error());
    REQUIRE(prior.error().kind == ErrorKind::configuration);
    REQUIRE_THAT(prior.error().message, Catch::Contains("bit 2") && Catch::Contains(fmt::format("{}", wrong)));
  }
}

TEST_CASE("a prior refuses strings and tables of another length") {
  const Prior prior = Prior::uniform(3);
  std::vector<double> four(4);
  REQUIRE_THROWS_AS(prior.log_probability(Bitstring(4)), std::invalid_argument);
  REQUIRE_THROWS_AS(prior.probabilities(four), std::invalid_argument);
  REQUIRE_THROWS_AS(prior.log_probabilities(four), std::invalid_argument);
  REQUIRE_THROWS_AS(Prior::uniform(64).probabilities(four), std::invalid_argument);
}
