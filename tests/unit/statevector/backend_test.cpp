#include "bornite/circuit/ansatz.hpp"
#include "bornite/statevector/statevector_backend.hpp"
#include "bornite/util/parallel.hpp"
#include "catch.hpp"
#include "precisions.hpp"
#include "random_circuit.hpp"

#include <algorithm>
#include <limits>
#include <string>
#include <thread>

namespace bornite {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double nan = std::numeric_limits<double>::quiet_NaN();

/// An effective cost that depends on q, so that the whole path matters.
void mixed_cost(std::span<const double> q, std::span<double> g) {
  for (std::size_t x = 0; x != q.size(); ++x) g[x] = static_cast<double>(x % 7) + q[x];
}

std::vector<double> gradient(ExactBackend& backend, const Circuit& circuit, std::uint64_t seed) {
  std::vector<double> out(circuit.parameters());
  const std::vector<double> theta = test::random_theta(circuit, seed);
  if (!backend.gradient(circuit, theta, mixed_cost, out)) return {};
  return out;
}

SampleRequest small_request() {
  Circuit circuit(2);
  circuit.ry(0, Angle::of(0)).cx(0, 1);
  return {circuit, ParameterRows(1, 1, {0.4}), Shots(100), {}};
}

template <typename T>
void check_refused(const Result<T>& result, ErrorKind kind, const std::string& words) {
  REQUIRE_FALSE(result.has_value());
  CHECK(result.error().kind == kind);
  CHECK_THAT(describe(result.error()), Catch::Contains(words));
  CHECK_FALSE(result.error().hint.empty());
}

}  // namespace

TEST_CASE("the statevector backend says what it can") {
  for (const Precision precision : test::precisions) {
    const auto backend = make_statevector_backend(precision);
    const Capabilities& capabilities = backend->capabilities();
    CHECK(capabilities.name == "statevector");
    CHECK_THAT(capabilities.description, Catch::Contains(std::string(to_string(precision))));
    CHECK(capabilities.exact);
    CHECK(capabilities.parametric_programs);
    CHECK(capabilities.max_connected_qubits >= 20);
    CHECK(capabilities.max_connected_qubits <= StatevectorBackend::most_qubits);
    CHECK(capabilities.max_exact_qubits >= 20);
    CHECK(capabilities.max_exact_qubits <= capabilities.max_connected_qubits);
    CHECK(capabilities.bytes_per_amplitude == (precision == Precision::complex128 ? 16 : 8));
    CHECK(capabilities.max_qubits == StatevectorBackend::most_qubits_in_parts);
  }
}

TEST_CASE("results are the same bits with one thread and with two") {
  for (const Precision precision : test::precisions) {
    CAPTURE(to_string(precision));
    for (const AnsatzKind kind : {AnsatzKind::brickwork, AnsatzKind::all_to_all}) {
      const Circuit circuit = make_ansatz(kind, 16, 3);
      const std::vector<double> theta = test::random_theta(circuit, 1);
      std::vector<double> q[2];
      std::vector<double> derivatives[2];
      for (const std::size_t threads : {1, 2}) {
        const ThreadLimit limit(threads);
        StatevectorBackend backend(precision);
        const auto distribution = backend.probabilities(circuit, theta).value();
        q[threads - 1].assign(distribution.probabilities().begin(), distribution.probabilities().end());
        derivatives[threads - 1] = gradient(backend, circuit, 1);
      }
      CHECK(q[0] == q[1]);
      CHECK(derivatives[0] == derivatives[1]);
    }
  }
}

TEST_CASE("several threads may ask one backend at once") {
  StatevectorBackend backend;
  std::vector<Circuit> circuits;
  for (std::size_t i = 0; i != 6; ++i)
    circuits.push_back(make_ansatz(ansatz_kinds[i % ansatz_kinds.size()], i < 5 ? 9 : 15, 2));
  std::vector<std::vector<double>> expected;
  for (const Circuit& circuit : circuits) {
    StatevectorBackend alone;
    expected.push_back(gradient(alone, circuit, 8));
    REQUIRE_FALSE(expected.back().empty());
  }
  std::vector<int> wrong(4, 0);
  std::vector<std::thread> threads;
  for (std::size_t t = 0; t != wrong.size(); ++t)
    threads.emplace_back([&, t] {
      for (std::size_t i = 0; i != 30; ++i) {
        const std::size_t c = (i + t) % circuits.size();
        if (gradient(backend, circuits[c], 8) != expected[c]) ++wrong[t];
      }
    });
  for (std::thread& thread : threads) thread.join();
  CHECK(wrong == std::vector<int>(4, 0));
}

TEST_CASE("a gradient may be asked for inside a loop over restarts") {
  StatevectorBackend backend;
  const Circuit circuit = make_ansatz(AnsatzKind::brickwork, 15, 2);
  const std::vector<double> expected = gradient(backend, circuit, 4);
  std::vector<int> equal(8, 0);
  parallel_for(equal.size(), [&](std::size_t i) { equal[i] = gradient(backend, circuit, 4) == expected ? 1 : 0; });
  CHECK(std::ranges::count(equal, 1) == 8);
}

TEST_CASE("many circuits in turn do not get each other's plans") {
  for (const Precision precision : test::precisions) {
    CAPTURE(to_string(precision));
    StatevectorBackend backend(precision);
    for (int round = 0; round != 2; ++round)
      for (std::uint64_t i = 0; i != 40; ++i) {
        const Circuit circuit = test::random_circuit(4, 12, i);
        StatevectorBackend fresh(precision);
        CHECK(gradient(backend, circuit, i) == gradient(fresh, circuit, i));
      }
  }
}

TEST_CASE("asking for amplitudes after probabilities restores the phases that probabilities leave out") {
  for (const Precision precision : test::precisions) {
    CAPTURE(to_string(precision));
    StatevectorBackend backend(precision);
    Circuit circuit(1);
    circuit.h(0).rz(0, Angle::constant(0.5));
    REQUIRE(backend.probabilities(circuit, {}).has_value());
    const auto state = backend.amplitudes(circuit, {}).value();
    CHECK(std::abs(state[1] / state[0] - std::polar(1.0, 0.5)) < test::tolerance(precision, 1e-15, 1e-6));
  }
}

TEST_CASE("states that no memory holds are refused with what they would need") {
  for (const Precision precision : test::precisions) {
    CAPTURE(to_string(precision));
    StatevectorBackend backend(precision);
    for (const std::size_t qubits : {33, 64, 100}) {
      const Circuit circuit(qubits);
      check_refused(backend.probabilities(circuit, {}), ErrorKind::resource, "GiB");
      check_refused(backend.amplitudes(circuit, {}), ErrorKind::resource, std::to_string(qubits) + " qubits");
      check_refused(backend.gradient(circuit, {}, mixed_cost, {}), ErrorKind::resource, "free");
    }
  }
}

TEST_CASE("parameters of the wrong number or not finite are refused") {
  StatevectorBackend backend;
  Circuit circuit(2);
  circuit.ry(0, Angle::of(0)).ry(1, Angle::of(1));
  const std::vector<double> one{0.5};
  const std::vector<double> bad{0.5, nan};
  check_refused(backend.probabilities(circuit, one), ErrorKind::input, "2 parameters, but 1");
  check_refused(backend.amplitudes(circuit, bad), ErrorKind::input, "Parameter 1 of the circuit is nan");
  std::vector<double> out(2);
  check_refused(backend.gradient(circuit, bad, mixed_cost, out), ErrorKind::input, "Parameter 1");
  std::vector<double> three(3);
  check_refused(backend.gradient(circuit, std::vector<double>{0.1, 0.2}, mixed_cost, three), ErrorKind::input,
                "2 parameters was asked into 3 numbers");
}

TEST_CASE("angles that overflow are refused") {
  for (const Precision precision : test::precisions) {
    CAPTURE(to_string(precision));
    StatevectorBackend backend(precision);
    Circuit circuit(1);
    circuit.ry(0, Angle::of(0, 1e200));
    check_refused(backend.probabilities(circuit, std::vector<double>{1e200}), ErrorKind::input, "not finite");
  }
}

TEST_CASE("an effective cost that is not finite is refused with the outcome, and the next call works") {
  for (const Precision precision : test::precisions) {
    CAPTURE(to_string(precision));
    StatevectorBackend backend(precision);
    for (const std::size_t qubits : {3, 2, 15}) {
      const Circuit circuit = make_ansatz(AnsatzKind::linear, qubits, 1);
      const std::vector<double> theta = test::random_theta(circuit, 1);
      const std::size_t bad = (std::size_t{1} << qubits) - 3;
      std::vector<double> out(circuit.parameters());
      for (const double value : {nan, infinity, -infinity}) {
        const auto cost = [&](std::span<const double>, std::span<double> g) {
          std::ranges::fill(g, 1.0);
          g[bad] = value;
        };
        check_refused(backend.gradient(circuit, theta, cost, out), ErrorKind::numeric,
                      "outcome " + std::to_string(bad) + " is");
      }
      CHECK(backend.gradient(circuit, theta, mixed_cost, out).has_value());
    }
  }
}

TEST_CASE("a job is done when it is submitted, and the same token is the same job") {
  StatevectorBackend backend;
  const JobId job = backend.submit(small_request(), "a").value();
  CHECK(backend.submit(small_request(), "a").value() == job);
  CHECK(backend.submit(small_request(), "b").value() != job);
  CHECK(backend.poll(job).value().state == JobState::done);
  CHECK(backend.cancel(job).has_value());
  CHECK(backend.poll(job).value().state == JobState::done);
  CHECK(backend.fetch(job, shape_of(small_request())).value()[0].shots() == 100);
  CHECK(backend.fetch(job, shape_of(small_request())).value().rows() == 1);
}

TEST_CASE("jobs that are not known or forgotten are refused") {
  StatevectorBackend backend;
  const JobId job = backend.submit(small_request(), "a").value();
  backend.forget(job);
  backend.forget("statevector-never");
  check_refused(backend.fetch(job, shape_of(small_request())), ErrorKind::input, job);
  check_refused(backend.poll("nothing"), ErrorKind::input, "nothing");
  check_refused(backend.cancel("nothing"), ErrorKind::input, "nothing");
}

TEST_CASE("requests beyond the capabilities are refused at submission") {
  StatevectorBackend backend;
  SampleRequest large = small_request();
  large.circuit = Circuit(5000);
  large.rows = ParameterRows(1, 0, {});
  check_refused(backend.submit(large, "large"), ErrorKind::unsupported, "5000 qubits");
  SampleRequest empty = small_request();
  empty.shots = Shots(0);
  check_refused(backend.submit(empty, "empty"), ErrorKind::unsupported, "no shots");
}

TEST_CASE("a row whose angles overflow makes the whole submission fail") {
  StatevectorBackend backend;
  Circuit circuit(1);
  circuit.ry(0, Angle::of(0, 1e200));
  const SampleRequest request{circuit, ParameterRows(2, 1, {0.0, 1e200}), Shots(10), {}};
  check_refused(backend.submit(request, "a"), ErrorKind::input, "not finite");
  CHECK_FALSE(backend.poll("statevector-a").has_value());
}

}  // namespace bornite
