// Every backend that calls itself exact knows the distribution and its gradient.
#include <cmath>
#include <numbers>
#include <numeric>

#include "backends_under_test.hpp"
#include "catch.hpp"
#include "dense_reference.hpp"

namespace bornite {
namespace {

double dot(std::span<const double> a, std::span<const double> b) {
  return std::inner_product(a.begin(), a.end(), b.begin(), 0.0);
}

TEST_CASE("the built-in engine is exact, and the template is not") {
  CHECK(make_exact_backend("statevector"));
  CHECK_FALSE(make_exact_backend("template"));
}

TEST_CASE("exact probabilities are those of dense matrix products") {
  const std::string name = GENERATE(from_range(backends_under_test()));
  const auto backend = make_exact_backend(name);
  if (!backend) return;
  RandomStream random({.seed = 6, .purpose = StreamPurpose::test});
  for (int trial = 0; trial < 20; ++trial) {
    CAPTURE(name, trial);
    const Circuit circuit = random_circuit(2 + random() % 4, 40, 4, random);
    const std::vector<double> theta = random_angles(4, random);
    const Distribution q = backend->probabilities(circuit, theta).value();
    const std::vector<double> expected = dense_probabilities(circuit, theta);
    REQUIRE(q.qubits() == circuit.qubits());
    REQUIRE(q.probabilities().size() == expected.size());
    for (std::size_t k = 0; k < expected.size(); ++k)
      CHECK(q.probabilities()[k] == Approx(expected[k]).margin(1e-13).epsilon(0));
  }
}

TEST_CASE("the gradient of a linear cost is that of parameter shift") {
  const std::string name = GENERATE(from_range(backends_under_test()));
  CAPTURE(name);
  const auto backend = make_exact_backend(name);
  if (!backend) return;
  RandomStream random({.seed = 7, .purpose = StreamPurpose::test});
  Circuit circuit(3);
  std::size_t p = 0;
  for (int layer = 0; layer < 2; ++layer) {
    for (Qubit q = 0; q < 3; ++q, p += 3) circuit.ry(q, Angle::of(p)).rz(q, Angle::of(p + 1)).rx(q, Angle::of(p + 2));
    circuit.cx(0, 1).cx(1, 2);
  }
  const std::vector<double> theta = random_angles(p, random);
  const std::vector<double> cost = random_angles(8, random);

  std::vector<double> gradient(p);
  const EffectiveCost effective = [&](std::span<const double>, std::span<double> g) {
    std::copy(cost.begin(), cost.end(), g.begin());
  };
  REQUIRE(backend->gradient(circuit, theta, effective, gradient).has_value());
  for (std::size_t i = 0; i < p; ++i) {
    std::vector<double> up = theta, down = theta;
    up[i] += std::numbers::pi / 2;
    down[i] -= std::numbers::pi / 2;
    const double shifted =
        (dot(dense_probabilities(circuit, up), cost) - dot(dense_probabilities(circuit, down), cost)) / 2;
    CHECK(gradient[i] == Approx(shifted).margin(1e-12).epsilon(0));
  }
}

TEST_CASE("the gradient of a cost that depends on q, at shared and affine angles, is that of central differences") {
  const std::string name = GENERATE(from_range(backends_under_test()));
  const auto backend = make_exact_backend(name);
  if (!backend) return;
  RandomStream random({.seed = 8, .purpose = StreamPurpose::test});
  for (int trial = 0; trial < 5; ++trial) {
    CAPTURE(name, trial);
    const Circuit circuit = random_circuit(4, 40, 3, random);
    std::vector<double> theta = random_angles(3, random);
    // L(q) = |q|^2 / 2, so that dL/dq = q.
    const auto loss = [&] {
      const std::vector<double> q = dense_probabilities(circuit, theta);
      return dot(q, q) / 2;
    };
    std::vector<double> gradient(3);
    int calls = 0;
    const EffectiveCost effective = [&](std::span<const double> q, std::span<double> g) {
      ++calls;
      std::copy(q.begin(), q.end(), g.begin());
    };
    REQUIRE(backend->gradient(circuit, theta, effective, gradient).has_value());
    CHECK(calls == 1);
    for (std::size_t i = 0; i < 3; ++i) {
      constexpr double step = 1e-5;
      const double middle = theta[i];
      theta[i] = middle + step;
      const double up = loss();
      theta[i] = middle - step;
      const double down = loss();
      theta[i] = middle;
      CHECK(gradient[i] == Approx((up - down) / (2 * step)).margin(1e-9).epsilon(0));
    }
  }
}

TEST_CASE("shots of an exact backend follow its own probabilities") {
  const std::string name = GENERATE(from_range(backends_under_test()));
  CAPTURE(name);
  const auto backend = make_exact_backend(name);
  if (!backend) return;
  Circuit circuit(2);
  circuit.ry(0, Angle::of(0)).ry(1, Angle::of(1)).cx(0, 1);
  const std::vector<double> theta{0.7, 1.9};
  const Distribution q = backend->probabilities(circuit, theta).value();
  const ShotTable table = shots_of(*backend, one_row(circuit, 200'000, 11, theta));
  for (std::uint64_t k = 0; k < 4; ++k) {
    const double share = static_cast<double>(count_of(table[0], Bitstring::from_index(2, k).to_text())) / 200'000;
    CHECK(share == Approx(q.probabilities()[k]).margin(0.006).epsilon(0));
  }
}

}  // namespace
}  // namespace bornite
