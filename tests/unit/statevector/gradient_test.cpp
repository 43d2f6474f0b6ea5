#include "bornite/circuit/ansatz.hpp"
#include "bornite/statevector/statevector_backend.hpp"
#include "catch.hpp"
#include "naive_simulator.hpp"
#include "precisions.hpp"
#include "random_circuit.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <numeric>

namespace bornite {
namespace {

std::vector<double> random_cost(std::size_t qubits, std::uint64_t seed) {
  RandomStream random({.seed = seed, .purpose = StreamPurpose::test, .row = 2});
  std::vector<double> cost(std::size_t{1} << qubits);
  for (double& c : cost) c = random.normal();
  return cost;
}

EffectiveCost fixed(const std::vector<double>& cost) {
  return [&cost](std::span<const double>, std::span<double> g) { std::ranges::copy(cost, g.begin()); };
}

double expectation(const Circuit& circuit, std::span<const double> theta, const std::vector<double>& cost) {
  const auto state = test::naive_state(circuit, theta);
  double result = 0;
  for (std::size_t x = 0; x != state.size(); ++x) result += cost[x] * std::norm(state[x]);
  return result;
}

/// The circuit with the angle of its gate number `which` moved by `shift`.
Circuit shifted(const Circuit& circuit, std::size_t which, double shift) {
  Circuit result(circuit.qubits());
  for (std::size_t i = 0; i != circuit.gates().size(); ++i) {
    Gate gate = circuit.gates()[i];
    if (i == which) gate.angle.offset += shift;
    result.append(gate);
  }
  return result;
}

/// Derivative with respect to the angle of one gate by parameter shift, which is exact: two terms where the angle
/// enters with one frequency, four for a controlled rotation, whose generator has the eigenvalues 0, 1/2 and -1/2.
double shift_rule(const Circuit& circuit, std::span<const double> theta, const std::vector<double>& cost,
                  std::size_t which) {
  const auto difference = [&](double shift) {
    return expectation(shifted(circuit, which, shift), theta, cost) -
           expectation(shifted(circuit, which, -shift), theta, cost);
  };
  using std::numbers::pi;
  using std::numbers::sqrt2;
  const Gate& gate = circuit.gates()[which];
  const bool one_frequency =
      gate.controls.empty() || gate.kind == GateKind::phase || gate.kind == GateKind::global_phase;
  if (one_frequency) return difference(pi / 2) / 2;
  return (sqrt2 + 1) / (4 * sqrt2) * difference(pi / 2) - (sqrt2 - 1) / (4 * sqrt2) * difference(3 * pi / 2);
}

std::vector<double> shift_gradient(const Circuit& circuit, std::span<const double> theta,
                                   const std::vector<double>& cost) {
  std::vector<double> result(circuit.parameters());
  for (std::size_t i = 0; i != circuit.gates().size(); ++i) {
    const Angle& angle = circuit.gates()[i].angle;
    if (!angle.is_constant())
      result[static_cast<std::size_t>(angle.parameter)] += angle.scale * shift_rule(circuit, theta, cost, i);
  }
  return result;
}

/// Five-point central differences: error of order step^4.
double central_difference(const Circuit& circuit, std::vector<double> theta, const std::vector<double>& cost,
                          std::size_t parameter) {
  constexpr double step = 1e-3;
  const auto at = [&](double delta) {
    std::vector<double> moved = theta;
    moved[parameter] += delta;
    return expectation(circuit, moved, cost);
  };
  return (8 * (at(step) - at(-step)) - (at(2 * step) - at(-2 * step))) / (12 * step);
}

std::vector<double> gradient(ExactBackend& backend, const Circuit& circuit, std::span<const double> theta,
                             const std::vector<double>& cost) {
  std::vector<double> out(circuit.parameters(), 1e300);
  REQUIRE(backend.gradient(circuit, theta, fixed(cost), out).has_value());
  return out;
}

}  // namespace

TEST_CASE("the gradient of every ansatz agrees with parameter shift and with central differences") {
  for (const Precision precision : test::precisions) {
    CAPTURE(to_string(precision));
    StatevectorBackend backend(precision);
    for (const AnsatzKind kind : ansatz_kinds)
      for (const std::size_t qubits : {1, 2, 3, 6}) {
        const Circuit circuit = make_ansatz(kind, qubits, 3);
        const std::vector<double> theta = test::random_theta(circuit, qubits);
        const std::vector<double> cost = random_cost(qubits, qubits);
        const std::vector<double> actual = gradient(backend, circuit, theta, cost);
        const std::vector<double> expected = shift_gradient(circuit, theta, cost);
        CAPTURE(to_string(kind), qubits);
        for (std::size_t p = 0; p != actual.size(); ++p) {
          CHECK(std::abs(actual[p] - expected[p]) < test::tolerance(precision, 1e-12, 1e-5));
          CHECK(std::abs(actual[p] - central_difference(circuit, theta, cost, p)) <
                test::tolerance(precision, 1e-9, 1e-5));
        }
      }
  }
}

TEST_CASE("the gradient of random circuits with repeated, scaled and controlled angles agrees with parameter shift") {
  for (const Precision precision : test::precisions) {
    CAPTURE(to_string(precision));
    StatevectorBackend backend(precision);
    std::size_t controlled_rotations = 0;
    for (std::uint64_t seed = 0; seed != 120; ++seed) {
      const std::size_t qubits = 1 + seed % 6;
      const Circuit circuit = test::random_circuit(qubits, 30, 500 + seed);
      for (const Gate& gate : circuit.gates())
        if (!gate.controls.empty() && !gate.angle.is_constant()) ++controlled_rotations;
      const std::vector<double> theta = test::random_theta(circuit, seed);
      const std::vector<double> cost = random_cost(qubits, seed);
      const std::vector<double> actual = gradient(backend, circuit, theta, cost);
      const std::vector<double> expected = shift_gradient(circuit, theta, cost);
      CAPTURE(seed, qubits);
      for (std::size_t p = 0; p != actual.size(); ++p)
        CHECK(std::abs(actual[p] - expected[p]) < test::tolerance(precision, 1e-12, 1e-5));
    }
    CHECK(controlled_rotations > 100);
  }
}

TEST_CASE("the gradient of many rotations, half turns among them, agrees with parameter shift") {
  for (const Precision precision : test::precisions) {
    CAPTURE(to_string(precision));
    StatevectorBackend backend(precision);
    for (const bool phases : {false, true})
      for (const std::size_t qubits : {1, 4, 5}) {
        Circuit circuit(qubits);
        std::size_t parameters = 0;
        for (std::size_t layer = 0; layer != 30; ++layer)
          for (Qubit q = 0; q != qubits; ++q) {
            circuit.ry(q, Angle::of(parameters++));
            if (q != 0) circuit.cx(q, q - 1);
            if (phases && layer % 4 == 3) circuit.rz(q, Angle::of(parameters++));
            if (layer % 10 == 9 && q > 1) circuit.append({GateKind::ry, {q}, {q - 1}, Angle::of(parameters++)});
          }
        std::vector<double> theta = test::random_theta(circuit, qubits);
        for (std::size_t p = 0; p < theta.size(); p += 3) theta[p] = std::numbers::pi * (p % 2 == 0 ? 1.0 : -3.0);
        const std::vector<double> cost = random_cost(qubits, qubits);
        const std::vector<double> actual = gradient(backend, circuit, theta, cost);
        const std::vector<double> expected = shift_gradient(circuit, theta, cost);
        CAPTURE(phases, qubits);
        for (std::size_t p = 0; p != actual.size(); ++p)
          CHECK(std::abs(actual[p] - expected[p]) < test::tolerance(precision, 1e-12, 1e-5));
      }
  }
}

TEST_CASE("the gradient of states that are cut into tiles agrees with central differences") {
  for (const Precision precision : test::precisions) {
    CAPTURE(to_string(precision));
    StatevectorBackend backend(precision);
    for (const std::size_t qubits : {12, 13, 15, 16}) {
      const Circuit circuit = test::random_circuit(qubits, 60, 40 + qubits);
      const std::vector<double> theta = test::random_theta(circuit, qubits);
      const std::vector<double> cost = random_cost(qubits, qubits);
      const std::vector<double> actual = gradient(backend, circuit, theta, cost);
      CAPTURE(qubits);
      for (const std::size_t p : {0, 3, 6})
        CHECK(std::abs(actual[p] - central_difference(circuit, theta, cost, p)) <
              test::tolerance(precision, 1e-9, 1e-5));
    }
  }
}

TEST_CASE("the gradient of each ansatz on tiles agrees with parameter shift on some of its angles") {
  for (const Precision precision : test::precisions) {
    CAPTURE(to_string(precision));
    StatevectorBackend backend(precision);
    constexpr std::size_t qubits = 14;
    const std::vector<double> cost = random_cost(qubits, 3);
    for (const AnsatzKind kind : ansatz_kinds) {
      const Circuit circuit = make_ansatz(kind, qubits, 3);
      const std::vector<double> theta = test::random_theta(circuit, 3);
      const std::vector<double> actual = gradient(backend, circuit, theta, cost);
      CAPTURE(to_string(kind));
      for (std::size_t i = 0; i != circuit.gates().size(); ++i) {
        const Angle& angle = circuit.gates()[i].angle;
        if (angle.is_constant() || angle.parameter % 19 != 1) continue;
        CHECK(std::abs(actual[static_cast<std::size_t>(angle.parameter)] - shift_rule(circuit, theta, cost, i)) <
              test::tolerance(precision, 1e-12, 1e-5));
      }
    }
  }
}

TEST_CASE("angles that no outcome depends on have derivative zero exactly") {
  for (const Precision precision : test::precisions) {
    CAPTURE(to_string(precision));
    StatevectorBackend backend(precision);
    constexpr std::size_t qubits = 5;
    const Circuit circuit = make_ansatz(AnsatzKind::brickwork, qubits, 2);
    const auto out = gradient(backend, circuit, test::random_theta(circuit, 1), random_cost(qubits, 1));
    for (std::size_t p = 0; p != out.size(); ++p) CHECK((out[p] == 0.0) == (p >= out.size() - qubits));
  }
}

TEST_CASE("the effective cost is called once, with the probabilities") {
  for (const Precision precision : test::precisions) {
    CAPTURE(to_string(precision));
    StatevectorBackend backend(precision);
    for (const std::size_t qubits : {2, 13, 16}) {
      const Circuit circuit = make_ansatz(AnsatzKind::ring, qubits, 2);
      const std::vector<double> theta = test::random_theta(circuit, 9);
      const auto expected = backend.probabilities(circuit, theta).value();
      int calls = 0;
      std::vector<double> out(circuit.parameters());
      const auto result = backend.gradient(
          circuit, theta,
          [&](std::span<const double> q, std::span<double> g) {
            ++calls;
            if (precision == Precision::complex128) CHECK(std::ranges::equal(q, expected.probabilities()));
            double largest_difference = 0;
            for (std::size_t k = 0; k != q.size(); ++k)
              largest_difference = std::max(largest_difference, std::abs(q[k] - expected.probabilities()[k]));
            CHECK(largest_difference < test::tolerance(precision, 1e-16, 1e-6));
            CHECK(std::abs(std::accumulate(q.begin(), q.end(), -1.0)) < 1e-14 * std::sqrt(q.size()));
            CHECK(g.size() == q.size());
            std::ranges::fill(g, 2.5);
          },
          out);
      REQUIRE(result.has_value());
      CHECK(calls == 1);
      for (const double derivative : out)
        CHECK(std::abs(derivative) < test::tolerance(precision, 1e-14, 2e-6));  // q sums to 1 at all angles
    }
  }
}

TEST_CASE("a large constant in all costs takes no digits of the derivatives, in floats either") {
  for (const std::size_t qubits : {3, 14, 16}) {
    const Circuit circuit = make_ansatz(AnsatzKind::brickwork, qubits, 3);
    const std::vector<double> theta = test::random_theta(circuit, 6);
    std::vector<double> cost = random_cost(qubits, 6);
    StatevectorBackend doubles;
    StatevectorBackend floats(Precision::complex64);
    const std::vector<double> expected = gradient(doubles, circuit, theta, cost);
    for (double& c : cost) c += 1e4;
    const std::vector<double> actual = gradient(floats, circuit, theta, cost);
    CAPTURE(qubits);
    for (std::size_t p = 0; p != actual.size(); ++p) CHECK(std::abs(actual[p] - expected[p]) < 5e-6);
  }
}

TEST_CASE("costs far beyond the range of floats give the derivatives of small ones, scaled") {
  for (const std::size_t qubits : {3, 14}) {
    const Circuit circuit = make_ansatz(AnsatzKind::linear, qubits, 2);
    const std::vector<double> theta = test::random_theta(circuit, 5);
    const std::vector<double> cost = random_cost(qubits, 5);
    for (const Precision precision : test::precisions) {
      StatevectorBackend backend(precision);
      const std::vector<double> expected = gradient(backend, circuit, theta, cost);
      for (const double scale : {0x1p+600, 0x1p-600}) {
        std::vector<double> scaled = cost;
        for (double& c : scaled) c *= scale;
        const std::vector<double> actual = gradient(backend, circuit, theta, scaled);
        CAPTURE(qubits, to_string(precision), scale);
        for (std::size_t p = 0; p != actual.size(); ++p) CHECK(actual[p] == expected[p] * scale);
      }
    }
  }
}

}  // namespace bornite
