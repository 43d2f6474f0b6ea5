#include "bornite/circuit/ansatz.hpp"
#include "bornite/statevector/statevector_backend.hpp"
#include "catch.hpp"
#include "dense.hpp"
#include "naive_simulator.hpp"
#include "precisions.hpp"
#include "random_circuit.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <span>

namespace bornite {
namespace {

using Amplitudes = std::vector<std::complex<double>>;

template <typename Expected>
double distance(const Amplitudes& actual, const Expected& expected) {
  REQUIRE(actual.size() == static_cast<std::size_t>(expected.size()));
  double largest = 0;
  for (std::size_t x = 0; x != actual.size(); ++x) {
    const double d = std::abs(actual[x] - expected[static_cast<std::ptrdiff_t>(x)]);
    largest = d <= largest ? largest : d;  // keeps a NaN
  }
  return largest;
}

}  // namespace

TEST_CASE("amplitudes of random circuits of all gates agree with dense matrices") {
  for (const Precision precision : test::precisions) {
    CAPTURE(to_string(precision));
    StatevectorBackend backend(precision);
    for (std::uint64_t seed = 0; seed != 150; ++seed) {
      const std::size_t qubits = 1 + seed % 6;
      const Circuit circuit = test::random_circuit(qubits, 25, seed);
      const std::vector<double> theta = test::random_theta(circuit, seed);
      CAPTURE(seed, qubits);
      CHECK(distance(backend.amplitudes(circuit, theta).value(), test::dense_state(circuit, theta)) <
            test::tolerance(precision, 1e-13, 1e-6));
    }
  }
}

TEST_CASE("each gate alone agrees with its dense matrix on every set of controls") {
  for (const Precision precision : test::precisions) {
    CAPTURE(to_string(precision));
    StatevectorBackend backend(precision);
    constexpr std::size_t qubits = 5;
    for (const GateKind kind : test::all_gate_kinds)
      for (std::size_t target = 0; target != qubits; ++target)
        for (std::size_t controls = 0; controls != std::size_t{1} << qubits; ++controls) {
          Gate gate{kind, {}, {}, Angle::constant(0.7)};
          for (std::size_t t = 0; t != target_count(kind); ++t)
            gate.targets.push_back(static_cast<Qubit>((target + 2 * t) % qubits));
          for (std::size_t q = 0; q != qubits; ++q)
            if ((controls >> q & 1) != 0 && std::ranges::find(gate.targets, q) == gate.targets.end())
              gate.controls.push_back(static_cast<Qubit>(q));
          Circuit circuit(qubits);
          for (Qubit q = 0; q != qubits; ++q) circuit.ry(q, Angle::constant(0.4 + q)).rz(q, Angle::constant(1.1 * q));
          circuit.append(gate);
          const double d = distance(backend.amplitudes(circuit, {}).value(), test::dense_state(circuit, {}));
          if (!(d < test::tolerance(precision, 1e-14, 1e-6)))
            FAIL_CHECK(to_string(kind) << " on " << target << ", controls " << controls << ": " << d);
        }
  }
}

TEST_CASE("states that are cut into tiles agree with a plain gate by gate simulation") {
  for (const Precision precision : test::precisions) {
    CAPTURE(to_string(precision));
    StatevectorBackend backend(precision);
    for (std::size_t qubits = 7; qubits != 19; ++qubits) {
      const Circuit circuit = test::random_circuit(qubits, qubits < 16 ? 200 : 80, qubits, 4);
      const std::vector<double> theta = test::random_theta(circuit, qubits);
      CAPTURE(qubits);
      const auto probabilities = backend.probabilities(circuit, theta).value();
      const Amplitudes expected = test::naive_state(circuit, theta);
      CHECK(distance(backend.amplitudes(circuit, theta).value(), expected) < test::tolerance(precision, 1e-13, 1e-6));
      double largest = 0;
      for (std::size_t x = 0; x != expected.size(); ++x)
        largest = std::max(largest, std::abs(probabilities.probabilities()[x] - std::norm(expected[x])));
      CHECK(largest < test::tolerance(precision, 1e-13, 1e-6));
    }
  }
}

TEST_CASE("every ansatz agrees with a plain gate by gate simulation") {
  for (const Precision precision : test::precisions) {
    CAPTURE(to_string(precision));
    StatevectorBackend backend(precision);
    for (const AnsatzKind kind : ansatz_kinds)
      for (const std::size_t qubits : {1, 2, 3, 5, 11, 13, 14}) {
        const Circuit circuit = make_ansatz(kind, qubits, 3);
        const std::vector<double> theta = test::random_theta(circuit, qubits);
        CAPTURE(to_string(kind), qubits);
        CHECK(distance(backend.amplitudes(circuit, theta).value(), test::naive_state(circuit, theta)) <
              test::tolerance(precision, 1e-13, 1e-6));
      }
  }
}

TEST_CASE("the plain simulation used as a reference agrees with dense matrices") {
  for (std::uint64_t seed = 0; seed != 30; ++seed) {
    const Circuit circuit = test::random_circuit(1 + seed % 6, 20, 1000 + seed);
    const std::vector<double> theta = test::random_theta(circuit, seed);
    CHECK(distance(test::naive_state(circuit, theta), test::dense_state(circuit, theta)) < 1e-13);
  }
}

TEST_CASE("the norm is kept") {
  for (const Precision precision : test::precisions) {
    CAPTURE(to_string(precision));
    StatevectorBackend backend(precision);
    for (const std::size_t qubits : {16, 17, 18}) {
      const Circuit circuit = make_ansatz(AnsatzKind::all_to_all, qubits, 8);
      const auto q = backend.probabilities(circuit, test::random_theta(circuit, qubits)).value();
      double total = 0;
      for (const double p : q.probabilities()) total += p;
      CHECK(std::abs(total - 1) < test::tolerance(precision, 1e-12, 2e-6));
    }
  }
}

TEST_CASE("a circuit and its inverse return to the start") {
  for (const Precision precision : test::precisions) {
    CAPTURE(to_string(precision));
    StatevectorBackend backend(precision);
    for (const std::size_t qubits : {2, 6, 12, 15}) {
      const double tolerance = test::tolerance(precision, 1e-13, 2e-6);
      Circuit circuit = test::random_circuit(qubits, 100, 5 + qubits);
      const std::vector<double> theta = test::random_theta(circuit, qubits);
      circuit.append(circuit.inverse());
      const Amplitudes state = backend.amplitudes(circuit, theta).value();
      CHECK(std::abs(state[0] - 1.0) < tolerance);
      CHECK(std::ranges::all_of(std::span(state).subspan(1), [&](auto a) { return std::abs(a) < tolerance; }));
    }
  }
}

TEST_CASE("qubit i is bit i of the index") {
  for (const Precision precision : test::precisions) {
    CAPTURE(to_string(precision));
    StatevectorBackend backend(precision);
    Circuit circuit(5);
    circuit.x(1).cx(1, 4).swap(1, 0);
    const auto q = backend.probabilities(circuit, {}).value();
    REQUIRE(q.qubits() == 5);
    for (std::size_t x = 0; x != 32; ++x) CHECK(q.probabilities()[x] == (x == 0b10001 ? 1.0 : 0.0));
  }
}

TEST_CASE("circuits without gates stay in the zero state") {
  for (const Precision precision : test::precisions) {
    CAPTURE(to_string(precision));
    StatevectorBackend backend(precision);
    for (const std::size_t qubits : {1, 2, 3, 9, 15}) {
      const Amplitudes state = backend.amplitudes(Circuit(qubits), {}).value();
      REQUIRE(state.size() == std::size_t{1} << qubits);
      CHECK(state[0] == 1.0);
      CHECK(std::ranges::count(state, std::complex<double>{}) == static_cast<std::ptrdiff_t>(state.size()) - 1);
    }
  }
}

TEST_CASE("rotations and phases by any angle are those of the standard library") {
  for (const Precision precision : test::precisions) {
    CAPTURE(to_string(precision));
    StatevectorBackend backend(precision);
    Circuit circuit(1);
    circuit.ry(0, Angle::of(0)).append({GateKind::phase, {0}, {}, Angle::of(0)});
    std::vector<double> angles{0.0, 1e-300, 1e-9, 0x1p-26, 1e5, 199999.9, 200001.0, 1e9, 4e15, 1e300};
    for (int i = 1; i <= 400; ++i) angles.push_back(i * std::numbers::pi / 8);
    RandomStream random({.purpose = StreamPurpose::test});
    for (int i = 0; i != 400; ++i) angles.push_back(std::exp(30 * random.uniform() - 15));
    for (const double magnitude : angles)
      for (const double angle : {magnitude, -magnitude}) {
        const auto state = backend.amplitudes(circuit, std::vector{angle}).value();
        const std::complex<double> one = std::polar(1.0, angle) * std::sin(angle / 2);
        CAPTURE(angle);
        CHECK(std::abs(state[0] - std::cos(angle / 2)) < test::tolerance(precision, 4e-16, 2.5e-7));
        CHECK(std::abs(state[1] - one) < test::tolerance(precision, 4e-16, 2.5e-7));
      }
  }
}

TEST_CASE("hundreds of rotations by half turns lose no digits") {
  for (const Precision precision : test::precisions) {
    CAPTURE(to_string(precision));
    StatevectorBackend backend(precision);
    for (const std::size_t qubits : {2, 5, 12}) {
      Circuit circuit(qubits);
      for (std::size_t layer = 0; layer != 40; ++layer)
        for (Qubit q = 0; q != qubits; ++q) {
          circuit.ry(q, Angle::constant(layer % 3 == 0 ? std::numbers::pi + 1e-9 : std::numbers::pi));
          if (layer % 7 == 5 && q != 0) circuit.cx(q - 1, q);
          if (layer % 11 == 10) circuit.rz(q, Angle::constant(0.3 + q));
        }
      CAPTURE(qubits);
      CHECK(distance(backend.amplitudes(circuit, {}).value(), test::naive_state(circuit, {})) <
            test::tolerance(precision, 1e-13, 2e-6));
    }
  }
}

}  // namespace bornite
