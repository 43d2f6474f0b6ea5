#include "density_matrix.hpp"

#include "bornite/statevector/statevector_backend.hpp"
#include "catch.hpp"
#include "dense_noise.hpp"
#include "noisy_circuits.hpp"

namespace bornite {
namespace {

using noisy::depolarising_program;
using noisy::NoiseProgram;
using noisy::outcome_probabilities;

double largest_difference(std::span<const double> a, std::span<const double> b) {
  REQUIRE(a.size() == b.size());
  double most = 0;
  for (std::size_t i = 0; i != a.size(); ++i) most = std::max(most, std::abs(a[i] - b[i]));
  return most;
}

TEST_CASE("density matrices agree with sums over Kraus operators") {
  for (std::uint64_t seed = 0; seed != 12; ++seed) {
    const NoiseProgram program = test::random_program(1 + seed % 4, 12, seed, 30, seed % 2 == 1);
    const std::vector<double> theta = test::random_theta(program.circuit, seed);
    CAPTURE(seed);
    CHECK(largest_difference(outcome_probabilities(program, theta), test::dense_probabilities(program, theta)) < 1e-13);
  }
}

TEST_CASE("without noise a density matrix gives the state's probabilities") {
  const Circuit circuit = test::random_circuit(5, 30, 3);
  const std::vector<double> theta = test::random_theta(circuit, 3);
  const auto q = StatevectorBackend().probabilities(circuit, theta).value();
  const auto noisy = outcome_probabilities(depolarising_program(circuit, {.f = 0}), theta);
  CHECK(largest_difference(noisy, q.probabilities()) < 1e-13);
}

TEST_CASE("gates without effect on outcomes are left out, and their faults stay") {
  for (std::uint64_t seed = 0; seed != 20; ++seed) {
    const NoiseProgram program = test::random_program(4, 15, seed, 40, true);
    const std::vector<double> theta = test::random_theta(program.circuit, seed);
    const NoiseProgram shorter = noisy::without_last_phases(program);
    CAPTURE(seed);
    CHECK(shorter.places.size() == program.places.size());
    CHECK(largest_difference(outcome_probabilities(shorter, theta), outcome_probabilities(program, theta)) < 1e-13);
  }
  Circuit circuit(2);
  circuit.h(0).h(1).rz(0, Angle::constant(1)).cz(0, 1).rz(1, Angle::constant(2));
  CHECK(noisy::without_last_phases(depolarising_program(circuit, {})).circuit.gates().size() == 2);
}

TEST_CASE("one gate on one qubit fails with the probabilities of the paper") {
  // X and Y turn the outcome, Z does not: two thirds of p1 = 0.001 f.
  const auto one = outcome_probabilities(depolarising_program(Circuit(1).x(0), {.f = 0.7}), {});
  CHECK(one[0] == Approx(2.0 / 3 * 0.001 * 0.7).epsilon(1e-12));
  // Of the 15 operators on two qubits 4 turn each of the three other outcomes. The gate X on qubit 0 adds its own.
  const auto two = outcome_probabilities(depolarising_program(Circuit(2).cx(0, 1), {.f = 1.3}), {});
  for (const std::size_t outcome : {1U, 2U, 3U}) CHECK(two[outcome] == Approx(4.0 / 15 * 0.00375 * 1.3).epsilon(1e-12));
}

TEST_CASE("readout turns bits with the probabilities of its two kinds of error") {
  const auto q = outcome_probabilities(
      depolarising_program(Circuit(2).x(1), {.f = 0, .one_given_zero = 0.1, .zero_given_one = 0.25}), {});
  CHECK(q[0b10] == Approx(0.9 * 0.75).epsilon(1e-12));
  CHECK(q[0b11] == Approx(0.1 * 0.75).epsilon(1e-12));
  CHECK(q[0b00] == Approx(0.9 * 0.25).epsilon(1e-12));
  CHECK(q[0b01] == Approx(0.1 * 0.25).epsilon(1e-12));
}

}  // namespace
}  // namespace bornite
