// The gradients that training follows, against two independent ways to the same numbers.

#include <cmath>
#include <numbers>

#include "bornite/circuit/ansatz.hpp"
#include "bornite/statevector/statevector_backend.hpp"
#include "bornite/train/estimator.hpp"
#include "catch.hpp"
#include "random_problem.hpp"

using namespace bornite;
using namespace bornite::test;

namespace {

constexpr std::size_t qubits = 6;
constexpr std::size_t depth = 3;

double distance(const std::vector<double>& a, const std::vector<double>& b) {
  double sum = 0;
  for (std::size_t i = 0; i < a.size(); ++i) sum += (a[i] - b[i]) * (a[i] - b[i]);
  return std::sqrt(sum);
}

struct Case {
  Circuit circuit;
  CostTable costs;
  std::unique_ptr<Objective> objective;
  std::vector<double> theta;
};

Case make_case(AnsatzKind ansatz, const std::string& name, bool uniform, std::uint64_t seed) {
  Circuit circuit = make_ansatz(ansatz, qubits, depth);
  std::vector<double> theta = random_angles(circuit.parameters(), seed + 100);
  return {std::move(circuit), random_costs(qubits, seed),
          objective(name, uniform ? Prior::uniform(qubits) : skewed_prior(qubits)), std::move(theta)};
}

std::vector<double> adjoint_gradient(StatevectorBackend& backend, const Case& c) {
  const ExactEstimator estimator(backend, c.circuit, *c.objective, c.costs);
  std::vector<double> gradient(c.circuit.parameters());
  REQUIRE(estimator.evaluate(c.theta, gradient, {}));
  return gradient;
}

}  // namespace

TEST_CASE("the gradient of every objective agrees with central differences on every ansatz") {
  StatevectorBackend backend;
  for (const AnsatzKind ansatz : ansatz_kinds) {
    for (const std::string name : {"mle", "cvar", "elbo", "selbo"}) {
      for (const bool uniform : {true, false}) {
        INFO(to_string(ansatz) << ' ' << name << (uniform ? " uniform" : " bernoulli"));
        const Case c = make_case(ansatz, name, uniform, 7);
        const ExactEstimator estimator(backend, c.circuit, *c.objective, c.costs);
        const std::vector<double> gradient = adjoint_gradient(backend, c);
        std::vector<double> differences(gradient.size());
        constexpr double h = 1e-4;  // fourth-order differences: truncation h^4, rounding 1e-16/h
        const auto value = [&](std::size_t i, double step) {
          std::vector<double> moved = c.theta;
          moved[i] += step;
          return estimator.evaluate(moved, {}, {})->terms.value;
        };
        for (std::size_t i = 0; i < gradient.size(); ++i)
          differences[i] = (8 * (value(i, h) - value(i, -h)) - (value(i, 2 * h) - value(i, -2 * h))) / (12 * h);
        CHECK(distance(gradient, differences) < 1e-7 * distance(gradient, std::vector<double>(gradient.size())));
      }
    }
  }
}

TEST_CASE("the gradient of every objective agrees with the parameter-shift rule on every ansatz") {
  StatevectorBackend backend;
  for (const AnsatzKind ansatz : ansatz_kinds) {
    for (const std::string name : {"mle", "cvar", "elbo", "selbo"}) {
      INFO(to_string(ansatz) << ' ' << name);
      const Case c = make_case(ansatz, name, false, 11);
      const std::vector<double> gradient = adjoint_gradient(backend, c);
      std::vector<double> g(c.costs.costs().size());
      c.objective->exact(backend.probabilities(c.circuit, c.theta)->probabilities(), c.costs.costs(), g);
      const auto mean_of_g = [&](std::size_t i, double shift) {
        std::vector<double> moved = c.theta;
        moved[i] += shift;
        const Distribution q = *backend.probabilities(c.circuit, moved);
        double mean = 0;
        for (std::size_t s = 0; s < g.size(); ++s) mean += q.probabilities()[s] * g[s];
        return mean;
      };
      for (std::size_t i = 0; i < gradient.size(); ++i) {
        const double shifted = (mean_of_g(i, std::numbers::pi / 2) - mean_of_g(i, -std::numbers::pi / 2)) / 2;
        CHECK(std::abs(gradient[i] - shifted) < 1e-12);
      }
    }
  }
}
