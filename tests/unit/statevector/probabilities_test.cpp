// The paths by which probabilities leave the engine: out of the last pass, past the caches, after it, and into memory
// that was used before.
#include "bornite/circuit/ansatz.hpp"
#include "bornite/statevector/statevector_backend.hpp"
#include "catch.hpp"
#include "precisions.hpp"
#include "random_circuit.hpp"

#include <algorithm>
#include <cmath>
#include <optional>

namespace bornite {
namespace {

/// The largest |q - |amplitude|^2|.
double deviation(StatevectorBackend& backend, const Circuit& circuit, std::uint64_t seed) {
  const std::vector<double> theta = test::random_theta(circuit, seed);
  const Distribution q = backend.probabilities(circuit, theta).value();
  const std::vector<std::complex<double>> amplitudes = backend.amplitudes(circuit, theta).value();
  REQUIRE(q.probabilities().size() == amplitudes.size());
  double result = 0.0;
  for (std::size_t x = 0; x != amplitudes.size(); ++x)
    result = std::max(result, std::abs(q.probabilities()[x] - std::norm(amplitudes[x])));
  return result;
}

}  // namespace

TEST_CASE(
    "probabilities are the squares of the amplitudes, for states of one tile, of several, and beyond the caches") {
  for (const Precision precision : test::precisions) {
    StatevectorBackend backend(precision);
    for (const std::size_t qubits : {2, 9, 14, 16, 21})
      for (const AnsatzKind kind : {AnsatzKind::brickwork, AnsatzKind::ring}) {
        CAPTURE(to_string(precision), qubits, to_string(kind));
        const double scale = std::ldexp(1.0, -static_cast<int>(qubits) / 2);
        CHECK(deviation(backend, make_ansatz(kind, qubits, 3), qubits) <
              scale * test::tolerance(precision, 1e-14, 1e-5));
      }
  }
}

TEST_CASE("qubits that no gate changes are 0 in every outcome that occurs") {
  for (const Precision precision : test::precisions) {
    CAPTURE(to_string(precision));
    StatevectorBackend backend(precision);
    for (const std::size_t qubits : {3, 16, 17}) {
      CAPTURE(qubits);
      Circuit circuit(qubits);
      circuit.ry(0, Angle::constant(1.0)).cx(0, 1);
      for (int times = 0; times != 2; ++times) {
        const Distribution q = backend.probabilities(circuit, {}).value();
        CHECK(q.probabilities()[0] == Approx(std::pow(std::cos(0.5), 2)));
        CHECK(q.probabilities()[3] == Approx(std::pow(std::sin(0.5), 2)));
        CHECK(std::ranges::count(q.probabilities(), 0.0) == std::ptrdiff_t{1} * (1 << qubits) - 2);
      }
    }
  }
}

TEST_CASE("a distribution keeps its numbers while others are made, and when its backend is gone") {
  const Circuit circuit = make_ansatz(AnsatzKind::linear, 18, 1);
  const std::vector<double> zeros(circuit.parameters(), 0.0);
  std::optional<StatevectorBackend> backend(std::in_place);
  const Distribution first = backend->probabilities(circuit, zeros).value();
  std::optional<Distribution> second = backend->probabilities(circuit, test::random_theta(circuit, 1)).value();
  const double* const memory = second->probabilities().data();
  CHECK(second->probabilities()[0] < 0.5);
  second.reset();
  const Distribution third = backend->probabilities(circuit, test::random_theta(circuit, 2)).value();
  CHECK(third.probabilities().data() == memory);  // used again
  backend.reset();
  CHECK(first.probabilities()[0] == 1.0);
  CHECK(third.probabilities()[0] < 0.5);
}

}  // namespace bornite
