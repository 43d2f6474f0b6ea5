#include "bornite/inference/objective.hpp"

#include "bornite/util/parallel.hpp"
#include "catch.hpp"
#include "support.hpp"

#include <limits>

#include <fmt/format.h>

using namespace bornite;
using namespace bornite::test;

namespace {

std::unique_ptr<Objective> made(const ObjectiveSettings& settings) { return make_objective(settings).value(); }

}  // namespace

TEST_CASE("the terms of each objective equal their definitions on dense vectors") {
  RandomStream random = stream(30);
  for (std::size_t bits = 1; bits <= 8; ++bits)
    for (std::size_t kind : {0U, 1U}) {
      std::vector<double> q = random_distribution(random, bits);
      const std::vector<double> costs = random_numbers(random, q.size());
      const Prior prior = some_prior(random, bits, kind);
      const std::vector<double> gammas = kind == 0 ? std::vector<double>{} : std::vector{0.3, 1.1};
      const Kernel kernel = gammas.empty() ? some_kernel(bits, 1) : Kernel::hamming(gammas).value();
      const double cost = vector_of(q).dot(vector_of(costs));
      const Eigen::VectorXd p = dense_prior(prior);

      const ObjectiveTerms mle = made({.name = "mle"})->exact(q, costs, {});
      REQUIRE(mle.value == Approx(cost).epsilon(1e-13));
      REQUIRE_FALSE(mle.kl);
      REQUIRE_FALSE(mle.mmd2);

      const double kl = (vector_of(q).array() * (vector_of(q).array() / p.array()).log()).sum();
      const ObjectiveTerms elbo = made({.name = "elbo", .beta = 0.2, .prior = prior})->exact(q, costs, {});
      REQUIRE(*elbo.kl == Approx(kl).epsilon(1e-12));
      REQUIRE(elbo.expected_cost == Approx(cost).epsilon(1e-13));
      REQUIRE(elbo.value == Approx(cost + 0.2 * kl).epsilon(1e-12));
      REQUIRE_FALSE(elbo.mmd2);

      const double mmd2 = dense_mmd_squared(q, prior, kernel);
      const ObjectiveTerms selbo =
          made({.name = "selbo", .lambda = 0.7, .gammas = gammas, .prior = prior})->exact(q, costs, {});
      REQUIRE(*selbo.mmd2 == Approx(mmd2).epsilon(1e-12).margin(1e-15));
      REQUIRE(selbo.value == Approx(cost + 0.7 * mmd2).epsilon(1e-12));
      REQUIRE_FALSE(selbo.kl);
    }
}

TEST_CASE("probabilities of zero add nothing to the KL divergence and leave every effective cost finite") {
  const std::vector<double> q = {0.5, 0, 0, 0.5, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0};
  const std::vector<double> costs(16, 1.0);
  std::vector<double> g(16);
  const ObjectiveTerms terms = made({.name = "elbo", .beta = 2, .prior = Prior::uniform(4)})->exact(q, costs, g);
  REQUIRE(*terms.kl == Approx(std::log(8.0)).epsilon(1e-14));
  REQUIRE(g[0] == Approx(1 + 2 * std::log(8.0)).epsilon(1e-14));
  REQUIRE(g[1] == Approx(1 + 2 * (std::log(std::numeric_limits<double>::min()) + std::log(16.0))).epsilon(1e-14));
  const std::vector<double> pair = {1, 0}, no_costs = {0, 0};  // too short for vector instructions
  std::vector<double> pair_g(2);
  (void)made({.name = "elbo", .beta = 1, .prior = Prior::uniform(1)})->exact(pair, no_costs, pair_g);
  REQUIRE(pair_g[1] == Approx(std::log(std::numeric_limits<double>::min()) + std::log(2.0)).epsilon(1e-14));
}

TEST_CASE("the effective cost of elbo has the accuracy of the library's logarithm over all magnitudes") {
  RandomStream random = stream(31);
  std::vector<double> q(1 << 13);
  for (double& value : q) value = std::pow(10, -307 * random.uniform());
  q[0] = 1;
  q[1] = std::nextafter(1.0, 0.0);
  q[2] = 0.5;
  q[3] = std::sqrt(0.5);
  const std::vector<double> costs(q.size(), 0.0);
  std::vector<double> g(q.size());
  const Prior prior = Prior::uniform(13);
  (void)made({.name = "elbo", .beta = 1, .prior = prior})->exact(q, costs, g);
  const double log_p = prior.log_probability(Bitstring(13));
  double worst = 0;
  for (std::size_t s = 0; s < q.size(); ++s) {
    const double expected = std::log(q[s]) - log_p;
    worst = std::max(worst, std::abs(g[s] - expected) / std::max(1.0, std::abs(std::log(q[s]))));
  }
  REQUIRE(worst < 2e-15);
}

TEST_CASE("objectives give bit-identical results for any number of threads and from several threads at once") {
  RandomStream random = stream(32);
  const std::size_t bits = 16;
  const std::vector<double> q = random_distribution(random, bits), costs = random_numbers(random, q.size());
  for (const std::string name : {"mle", "cvar", "elbo", "selbo"}) {
    const auto objective = made({.name = name, .beta = 0.1, .prior = random_prior(random, bits)});
    std::vector<double> g1(q.size()), g2(q.size());
    const auto run = [&](std::size_t threads, std::vector<double>& g) {
      const ThreadLimit limit(threads);
      return objective->exact(q, costs, g).value;
    };
    const double value = run(1, g1);
    REQUIRE(value == run(2, g2));
    REQUIRE((g1 == g2));
    std::vector<double> values(8);
    parallel_for(values.size(), [&](std::size_t i) { values[i] = objective->exact(q, costs, {}).value; });
    REQUIRE((values == std::vector<double>(8, value)));
  }
}

TEST_CASE("estimates from shots put the mean cost and the estimated MMD^2 together") {
  RandomStream random = stream(33);
  const std::vector<double> q = random_distribution(random, 4);
  const ShotRow row = merged(draw(random, q, 30));
  std::vector<double> costs = random_numbers(random, row.size());
  double mean = 0;
  for (std::size_t i = 0; i < row.size(); ++i) mean += costs[i] * static_cast<double>(row.counts()[i]) / 30;
  REQUIRE(made({.name = "mle"})->sampled(row, costs).value().value == Approx(mean).epsilon(1e-14));

  ObjectiveSettings settings{.name = "selbo", .lambda = 0.5, .prior = Prior::uniform(4)};
  const ObjectiveTerms unbiased = made(settings)->sampled(row, costs).value();
  settings.biased = true;
  const ObjectiveTerms biased = made(settings)->sampled(row, costs).value();
  REQUIRE(unbiased.expected_cost == Approx(mean).epsilon(1e-14));
  REQUIRE(unbiased.value == Approx(mean + 0.5 * *unbiased.mmd2).epsilon(1e-14));
  REQUIRE(*biased.mmd2 > *unbiased.mmd2);
}

TEST_CASE("an objective says its name and whether it needs probabilities") {
  for (const std::string name : {"mle", "cvar", "elbo", "selbo"}) {
    const auto objective = made({.name = name, .beta = 1, .prior = Prior::uniform(2)});
    REQUIRE(objective->name() == name);
    REQUIRE(objective->needs_probabilities() == (name == "elbo"));
  }
}

TEST_CASE("elbo refuses shots in a sentence that names selbo") {
  const auto elbo = made({.name = "elbo", .beta = 1, .prior = Prior::uniform(2)});
  const ShotRow row = merged(all_strings(2));
  std::vector<double> costs(4), g(4);
  const auto sampled = elbo->sampled(row, costs);
  const auto effective = elbo->sampled_effective_cost(row, {}, row.strings(), costs, g);
  REQUIRE(sampled.error().kind == ErrorKind::unsupported);
  REQUIRE_THAT(describe(sampled.error()),
               Catch::Contains("elbo needs the exact probability") && Catch::Contains("selbo"));
  REQUIRE(effective.error().kind == ErrorKind::unsupported);
}

TEST_CASE("settings of objectives are refused by name and value") {
  const Prior prior = Prior::uniform(2);
  const auto message = [](const ObjectiveSettings& settings) { return describe(make_objective(settings).error()); };
  REQUIRE_THAT(message({.name = "vae"}), Catch::Contains("\"vae\"") && Catch::Contains("mle, cvar, elbo or selbo"));
  REQUIRE_THAT(message({.name = "elbo", .prior = prior}), Catch::Contains("elbo needs objective.beta"));
  REQUIRE_THAT(message({.name = "elbo", .beta = -1, .prior = prior}), Catch::Contains("objective.beta is -1"));
  REQUIRE_THAT(message({.name = "elbo", .beta = HUGE_VAL, .prior = prior}), Catch::Contains("objective.beta is inf"));
  REQUIRE_THAT(message({.name = "mle", .lambda = -2}), Catch::Contains("objective.lambda is -2"));
  REQUIRE_THAT(message({.name = "selbo", .lambda = std::nan(""), .prior = prior}), Catch::Contains("objective.lambda"));
  for (const double wrong : {-0.5, 0.0, std::nan("")})
    REQUIRE_THAT(message({.name = "selbo", .gammas = {1.0, wrong}, .prior = prior}),
                 Catch::Contains(fmt::format("Entry 1 of objective.gamma is {}", wrong)));
  REQUIRE_THAT(message({.name = "elbo", .beta = 1}), Catch::Contains("prior of no bits"));
  REQUIRE_THAT(message({.name = "selbo"}), Catch::Contains("prior of no bits"));
}

TEST_CASE("objectives refuse spans of wrong sizes and samples that are too small") {
  const std::vector<double> four(4, 0.25), eight(8, 0.125);
  std::vector<double> g(8);
  const ShotRow row = merged(all_strings(2)), none = merged(BitstringList(2));
  for (const std::string name : {"mle", "cvar", "elbo", "selbo"}) {
    const auto objective = made({.name = name, .beta = 1, .prior = Prior::uniform(2)});
    REQUIRE_THROWS_AS(objective->exact(four, eight, {}), std::invalid_argument);
    REQUIRE_THROWS_AS(objective->exact(four, four, g), std::invalid_argument);
    if (name == "mle" || name == "cvar") continue;
    REQUIRE_THROWS_AS(objective->exact(eight, eight, {}), std::invalid_argument);
  }
  for (const std::string name : {"mle", "cvar", "selbo"}) {
    const auto objective = made({.name = name, .prior = Prior::uniform(2)});
    REQUIRE_THROWS_AS(objective->sampled(row, eight), std::invalid_argument);
    REQUIRE_THROWS_AS(objective->sampled_effective_cost(row, {}, row.strings(), four, g), std::invalid_argument);
    REQUIRE_THAT(objective->sampled(none, {}).error().message, Catch::Contains("0 shots"));
  }
  const auto selbo = made({.name = "selbo", .prior = Prior::uniform(2)});
  REQUIRE_THAT(selbo->sampled_effective_cost(none, {}, row.strings(), four, std::span(g).first(4)).error().message,
               Catch::Contains("0 shots"));
  const ShotRow longer = merged(all_strings(3));
  REQUIRE_THROWS_AS(selbo->sampled_effective_cost(longer, {}, longer.strings(), eight, g), std::invalid_argument);
}
