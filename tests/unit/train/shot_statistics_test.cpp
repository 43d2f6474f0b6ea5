// Over many repeats at fixed angles, what shots say is right on average, and scatters like 1/shots.

#include "bornite/circuit/ansatz.hpp"
#include "bornite/inference/mmd.hpp"
#include "bornite/network/table_cost.hpp"
#include "bornite/statevector/statevector_backend.hpp"
#include "bornite/train/estimator.hpp"
#include "catch.hpp"
#include "moments.hpp"
#include "random_problem.hpp"

using namespace bornite;
using namespace bornite::test;

namespace {

constexpr std::uint32_t repeats = 2000;
constexpr double standard_errors = 4;

struct Case {
  Circuit circuit;
  std::string name;
  bool biased = false;
  std::vector<double> theta = random_angles(circuit.parameters(), 5);
  CostTable costs = random_costs(circuit.qubits(), 3);
  std::unique_ptr<Objective> objective = *make_objective({.name = name,
                                                          .alpha = 0.4,
                                                          .lambda = 0.7,
                                                          .gammas = {0.2, 0.9},
                                                          .prior = skewed_prior(circuit.qubits()),
                                                          .biased = biased});
};

/// The gradient, followed by the objective and what it is made of.
std::vector<double> numbers(std::vector<double> gradient, const ObjectiveTerms& terms) {
  gradient.push_back(terms.value);
  gradient.push_back(terms.expected_cost);
  gradient.push_back(terms.mmd2.value_or(0));
  return gradient;
}

std::vector<double> exact_numbers(const Case& c) {
  StatevectorBackend backend;
  std::vector<double> gradient(c.theta.size());
  const Estimate estimate = *ExactEstimator(backend, c.circuit, *c.objective, c.costs).evaluate(c.theta, gradient, {});
  return numbers(std::move(gradient), estimate.terms);
}

Moments shot_numbers(const Case& c, std::uint64_t shots) {
  StatevectorBackend backend;
  CachedCosts cache(std::make_shared<TableCost>(c.costs));
  const auto estimator = *ShotEstimator::create(backend, c.circuit, *c.objective, cache, shots);
  Moments moments(c.theta.size() + 3);
  for (std::uint32_t repeat = 0; repeat < repeats; ++repeat) {
    std::vector<double> gradient(c.theta.size());
    const Estimate estimate = *estimator->evaluate(c.theta, gradient, {.seed = shots, .step = repeat});
    moments.add(numbers(std::move(gradient), estimate.terms));
  }
  return moments;
}

/// `bias` is what the means may be off besides.
void check_means(const Case& c, const Moments& moments, double bias) {
  const std::vector<double> exact = exact_numbers(c);
  REQUIRE(exact.size() == moments.size());
  for (std::size_t i = 0; i < exact.size(); ++i) {
    INFO("component " << i << " of " << exact.size());
    CHECK(std::abs(moments.mean(i) - exact[i]) <= standard_errors * moments.standard_error(i) + bias + 1e-12);
  }
}

void check_few_and_many_shots(const Case& c, double bias) {
  INFO(c.name);
  const Moments few = shot_numbers(c, 128), many = shot_numbers(c, 1024);
  check_means(c, few, bias / 128);
  check_means(c, many, bias / 1024);
  // Each variance is known to about 1/sqrt(repeats) of itself.
  CHECK(few.total_variance() / many.total_variance() == Approx(8).epsilon(0.15));
}

/// Controlled rotations, and parameters that several gates share at several scales.
Circuit controlled_circuit() {
  Circuit circuit(3);
  for (Qubit q = 0; q < 3; ++q) circuit.ry(q, Angle::of(q));
  circuit.append({GateKind::ry, {1}, {0}, Angle::of(3)});
  circuit.append({GateKind::rx, {2}, {0, 1}, Angle::of(0, -0.5, 0.2)});
  circuit.append({GateKind::phase, {2}, {1}, Angle::of(4, 2.0)});
  for (Qubit q = 0; q < 3; ++q) circuit.rx(q, Angle::of(4));
  return circuit;
}

// The quantile of a sample is now and then that of the next cost.
constexpr double cvar_bias = 6;

}  // namespace

TEST_CASE("the mean of gradients from shots is the exact gradient within four standard errors") {
  check_few_and_many_shots({make_ansatz(AnsatzKind::linear, 3, 2), "mle"}, 0);
  check_few_and_many_shots({make_ansatz(AnsatzKind::linear, 3, 2), "selbo"}, 0);
  check_few_and_many_shots({make_ansatz(AnsatzKind::linear, 3, 2), "cvar"}, cvar_bias);
}

TEST_CASE("gradients of controlled rotations and shared parameters from shots are exact on average") {
  check_few_and_many_shots({controlled_circuit(), "selbo"}, 0);
}

TEST_CASE("the V-statistic exceeds MMD^2 by (1 - E k) / shots") {
  const Case c{make_ansatz(AnsatzKind::ring, 4, 1), "selbo", true};
  const std::vector<double> exact = exact_numbers(c);
  StatevectorBackend backend;
  const Distribution q = *backend.probabilities(c.circuit, c.theta);
  const Kernel kernel = *Kernel::hamming({0.2, 0.9});
  std::vector<double> means(q.probabilities().size());
  kernel.apply(q.probabilities(), means);
  double energy = 0;
  for (std::size_t s = 0; s < means.size(); ++s) energy += q.probabilities()[s] * means[s];
  for (const std::uint64_t shots : {16, 128}) {
    const Moments moments = shot_numbers(c, shots);
    const double bias = (1 - energy) / static_cast<double>(shots);
    const std::size_t mmd2 = moments.size() - 1;
    CHECK(std::abs(moments.mean(mmd2) - exact.back() - bias) <= standard_errors * moments.standard_error(mmd2));
    // So much that the test would notice if it were missing.
    CHECK(bias > 2 * standard_errors * moments.standard_error(mmd2));
  }
}

TEST_CASE("standard errors are what the estimates scatter by") {
  const Circuit circuit = make_ansatz(AnsatzKind::linear, 4, 2);
  StatevectorBackend backend;
  for (const std::string name : {"mle", "selbo", "cvar"}) {
    INFO(name);
    const Case c{circuit, name};
    CachedCosts cache(std::make_shared<TableCost>(c.costs));
    const auto estimator = *ShotEstimator::create(backend, c.circuit, *c.objective, cache, 200);
    Moments estimates(4), errors(4);
    for (std::uint32_t repeat = 0; repeat < repeats; ++repeat) {
      std::vector<double> gradient(c.theta.size());
      const Estimate e = *estimator->evaluate(c.theta, gradient, {.seed = 12, .step = repeat});
      double squares = 0;
      for (const double component : gradient) squares += component * component;
      estimates.add(std::vector{e.terms.value, e.terms.expected_cost, e.terms.mmd2.value_or(0), std::sqrt(squares)});
      const StandardErrors& told = *e.terms.standard_errors;
      errors.add(std::vector{told.value, told.expected_cost, told.mmd2.value_or(0), *e.gradient_norm_error});
    }
    for (std::size_t i = 0; i < 4; ++i) {
      INFO("number " << i);
      if (name == "cvar" && i == 3) continue;  // its quantile's share is left out
      CHECK(errors.mean(i) == Approx(std::sqrt(estimates.variance(i))).epsilon(0.08).margin(1e-12));
    }
  }
}

TEST_CASE("shots allocated by variance scatter less from the same budget, around the same gradient") {
  // One qubit is cheap to know, as all its shots are the same; the others are not.
  Case c{make_ansatz(AnsatzKind::product, 4, 1), "mle"};
  c.theta[0] = 1.4, c.theta[1] = 1e-3, c.theta[2] = 1e-3, c.theta[3] = 1e-3;
  std::vector<double> costs(16);
  for (std::size_t s = 0; s < 16; ++s) costs[s] = (s & 1) != 0 ? 3.0 : 0.0;
  for (std::size_t s = 0; s < 16; ++s) costs[s] += (s & 8) != 0 ? 0.1 : 0.0;
  c.costs = CostTable(4, costs);
  StatevectorBackend backend;
  CachedCosts cache(std::make_shared<TableCost>(c.costs));
  const auto by_variance =
      *ShotEstimator::create(backend, c.circuit, *c.objective, cache, 64, {.allocation = ShotAllocation::variance});
  const auto equal = *ShotEstimator::create(backend, c.circuit, *c.objective, cache, 64);
  std::vector<double> gradient(c.theta.size()), spreads;
  Moments fewer(gradient.size() + 3), same(gradient.size() + 3);
  for (std::uint32_t repeat = 0; repeat < repeats; ++repeat) {
    const Estimate a = *by_variance->evaluate(c.theta, gradient, {.seed = 2, .step = repeat}, spreads);
    fewer.add(numbers(gradient, a.terms));
    CHECK(a.shots == by_variance->demand(true).shots);
    spreads = a.row_spreads;
    const Estimate b = *equal->evaluate(c.theta, gradient, {.seed = 2, .step = repeat});
    CHECK(b.row_spreads.empty());
    same.add(numbers(gradient, b.terms));
  }
  check_means(c, fewer, 0);
  double variance_fewer = 0, variance_same = 0;
  for (std::size_t i = 0; i < gradient.size(); ++i) {
    variance_fewer += fewer.variance(i);
    variance_same += same.variance(i);
  }
  CHECK(variance_fewer < 0.9 * variance_same);
}

TEST_CASE("points that share random numbers differ by less noise, around the same difference") {
  for (const std::string name : {"mle", "selbo"}) {
    INFO(name);
    const Case c{make_ansatz(AnsatzKind::linear, 4, 2), name};
    StatevectorBackend backend;
    CachedCosts cache(std::make_shared<TableCost>(c.costs));
    std::vector<std::vector<double>> points(2, c.theta);
    for (std::size_t i = 0; i < c.theta.size(); ++i) {
      points[0][i] += i % 3 == 0 ? 0.05 : -0.05;
      points[1][i] -= i % 3 == 0 ? 0.05 : -0.05;
    }
    std::vector<double> exact;
    for (const std::vector<double>& point : points)
      exact.push_back(ExactEstimator(backend, c.circuit, *c.objective, c.costs).evaluate(point, {}, {})->terms.value);
    exact.push_back(exact[0] - exact[1]);
    std::vector<double> scatter;
    for (const bool common : {false, true}) {
      const auto estimator =
          *ShotEstimator::create(backend, c.circuit, *c.objective, cache, 200, {.common_seeds = common});
      Moments moments(3);
      for (std::uint32_t repeat = 0; repeat < repeats; ++repeat) {
        const auto estimates = *estimator->evaluate_all(points, {.seed = 21, .step = repeat});
        const double first = estimates[0].terms.value, second = estimates[1].terms.value;
        moments.add(std::vector{first, second, first - second});
      }
      for (std::size_t i = 0; i < 3; ++i)
        CHECK(std::abs(moments.mean(i) - exact[i]) <= standard_errors * moments.standard_error(i));
      scatter.push_back(moments.variance(2));
    }
    CHECK(scatter[1] < 0.5 * scatter[0]);
  }
}

TEST_CASE("gradients from rows that share random numbers are exact on average") {
  for (const std::string name : {"mle", "selbo"}) {
    INFO(name);
    const Case c{make_ansatz(AnsatzKind::brickwork, 4, 2), name};
    StatevectorBackend backend;
    CachedCosts cache(std::make_shared<TableCost>(c.costs));
    const auto estimator = *ShotEstimator::create(backend, c.circuit, *c.objective, cache, 128, {.common_seeds = true});
    Moments moments(c.theta.size() + 3);
    for (std::uint32_t repeat = 0; repeat < repeats; ++repeat) {
      std::vector<double> gradient(c.theta.size());
      const Estimate estimate = *estimator->evaluate(c.theta, gradient, {.seed = 31, .step = repeat});
      moments.add(numbers(std::move(gradient), estimate.terms));
    }
    check_means(c, moments, 0);
  }
}

TEST_CASE("gradients from shots of every ansatz are exact on average", "[.long]") {
  for (const AnsatzKind kind : ansatz_kinds) {
    INFO(to_string(kind));
    check_few_and_many_shots({make_ansatz(kind, 5, 3), "mle"}, 0);
    check_few_and_many_shots({make_ansatz(kind, 5, 3), "selbo"}, 0);
  }
}
