// Circuits that need far fewer passes with tiles of twice the size.
#include "bornite/circuit/ansatz.hpp"
#include "bornite/statevector/statevector_backend.hpp"
#include "catch.hpp"
#include "naive_simulator.hpp"
#include "plan.hpp"
#include "precisions.hpp"
#include "random_circuit.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace bornite {
namespace {

constexpr std::size_t qubits = 17;

double cost_of(std::size_t x) { return std::sin(static_cast<double>(x)); }

double mean_cost(StatevectorBackend& backend, const Circuit& circuit, const std::vector<double>& theta) {
  const Distribution q = backend.probabilities(circuit, theta).value();
  double result = 0.0;
  for (std::size_t x = 0; x != q.probabilities().size(); ++x) result += q.probabilities()[x] * cost_of(x);
  return result;
}

/// Parameter shift; each angle is that of one rotation.
double shifted_difference(StatevectorBackend& backend, const Circuit& circuit, std::vector<double> theta,
                          std::size_t parameter) {
  theta[parameter] += std::numbers::pi / 2;
  const double above = mean_cost(backend, circuit, theta);
  theta[parameter] -= std::numbers::pi;
  return (above - mean_cost(backend, circuit, theta)) / 2;
}

}  // namespace

TEST_CASE("on wide tiles, amplitudes agree with a plain simulation and the gradient with parameter shift") {
  const Circuit circuit = make_ansatz(AnsatzKind::linear, qubits, 8);
  const std::vector<double> theta = test::random_theta(circuit, 1);
  const auto expected = test::naive_state(circuit, theta);
  for (const Precision precision : test::precisions) {
    CAPTURE(to_string(precision));
    const auto plan = statevector::make_plan(circuit, statevector::Readout::probabilities, precision);
    CHECK(plan.layout.tile == statevector::most_tile_bits + plan.layout.lane_qubits);

    StatevectorBackend backend(precision);
    const auto actual = backend.amplitudes(circuit, theta).value();
    double largest = 0.0;
    for (std::size_t x = 0; x != actual.size(); ++x) largest = std::max(largest, std::abs(actual[x] - expected[x]));
    CHECK(largest < test::tolerance(precision, 1e-14, 1e-7));

    std::vector<double> gradient(circuit.parameters());
    const auto cost = [](std::span<const double>, std::span<double> g) {
      for (std::size_t x = 0; x != g.size(); ++x) g[x] = cost_of(x);
    };
    REQUIRE(backend.gradient(circuit, theta, cost, gradient).has_value());
    for (const std::size_t parameter : {3, 68, 137, 200, 241}) {
      CAPTURE(parameter);
      CHECK(std::abs(gradient[parameter] - shifted_difference(backend, circuit, theta, parameter)) <
            test::tolerance(precision, 1e-13, 1e-6));
    }
  }
}

}  // namespace bornite
