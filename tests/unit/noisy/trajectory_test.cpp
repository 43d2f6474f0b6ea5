// Shots of trajectories follow the exact distribution of the density matrix.
#include "bornite/circuit/ansatz.hpp"
#include "bornite/statevector/statevector_backend.hpp"
#include "catch.hpp"
#include "density_matrix.hpp"
#include "noisy_circuits.hpp"
#include "row_sampler.hpp"

namespace bornite {
namespace {

using noisy::NoiseProgram;

ShotRow draw(const NoiseProgram& program, std::span<const double> theta, std::uint64_t shots, std::uint64_t seed) {
  const noisy::ShotPlan plan(program);
  std::vector<noisy::Amplitude> amplitudes;
  StatevectorBackend engine;
  const ShotRow faultless =
      engine.measure(program.circuit, theta, shots, {.seed = seed, .restart = 1}, amplitudes).value();
  return noisy::add_faults(plan, {theta, amplitudes, faultless}, engine, {.seed = seed}).value();
}

/// Chi-square of the counts, less its mean, in standard deviations. Outcomes with less than 20 expected shots count as
/// one.
double chi_square_deviation(const ShotRow& row, std::span<const double> q) {
  std::vector<double> counts(q.size());
  for (std::size_t i = 0; i != row.size(); ++i) counts[row.strings()[i].index()] = static_cast<double>(row.counts()[i]);
  double chi_square = 0;
  double rare = 0;
  double rare_expected = 0;
  double freedom = -1;
  const auto add = [&](double count, double expected) {
    chi_square += (count - expected) * (count - expected) / expected;
    ++freedom;
  };
  for (std::size_t k = 0; k != q.size(); ++k) {
    const double expected = q[k] * static_cast<double>(row.shots());
    if (expected >= 20) {
      add(counts[k], expected);
    } else {
      rare += counts[k];
      rare_expected += expected;
    }
  }
  if (rare_expected >= 20) add(rare, rare_expected);
  REQUIRE(freedom >= 1);
  return (chi_square - freedom) / std::sqrt(2 * freedom);
}

TEST_CASE("trajectories of any gates and faults follow the density matrix") {
  const bool relaxation = GENERATE(false, true);
  for (std::uint64_t seed = 0; seed != 8; ++seed) {
    const NoiseProgram program =
        noisy::without_last_phases(test::random_program(2 + seed % 4, 18, seed, 40, relaxation));
    const std::vector<double> theta = test::random_theta(program.circuit, seed);
    const ShotRow row = draw(program, theta, 60'000, seed);
    CAPTURE(seed, relaxation);
    CHECK(std::abs(chi_square_deviation(row, noisy::outcome_probabilities(program, theta))) < 4.5);
  }
}

TEST_CASE("trajectories of the ansaetze follow the density matrix, and would not follow another noise") {
  for (const AnsatzKind kind : {AnsatzKind::brickwork, AnsatzKind::ring}) {
    const Circuit circuit = make_ansatz(kind, 6, 4);
    const std::vector<double> theta = test::random_theta(circuit, 4);
    const auto program_of = [&](double f) {
      return noisy::without_last_phases(
          noisy::depolarising_program(circuit, {.f = f, .one_given_zero = 0.01, .zero_given_one = 0.02}));
    };
    const std::span used(theta.data(), program_of(10).circuit.parameters());
    const ShotRow row = draw(program_of(10), used, 100'000, 7);
    CHECK(std::abs(chi_square_deviation(row, noisy::outcome_probabilities(program_of(10), used))) < 4.5);
    CHECK(chi_square_deviation(row, noisy::outcome_probabilities(program_of(8), used)) > 6);
    CHECK(chi_square_deviation(row, noisy::outcome_probabilities(program_of(0), used)) > 6);
  }
}

TEST_CASE("only measured qubits are told, in the order asked for") {
  NoiseProgram program = test::random_program(5, 20, 3, 20, true);
  program.measured = {3, 0, 4};
  program.readout = {{0.1, 0}, {0, 0.2}, {0.05, 0.05}};
  program = noisy::without_last_phases(program);
  const std::vector<double> theta = test::random_theta(program.circuit, 1);
  const ShotRow row = draw(program, theta, 60'000, 2);
  CHECK(row.bits() == 3);
  CHECK(std::abs(chi_square_deviation(row, noisy::outcome_probabilities(program, theta))) < 4.5);
}

TEST_CASE("the cone of a fault is what gates carry it to, and less where it passes") {
  // qubit 0 and 1 meet in a CX; qubit 2 stays alone
  Circuit circuit(3);
  circuit.ry(0, Angle::constant(1)).cx(0, 1).ry(1, Angle::constant(1)).rx(2, Angle::constant(1));
  NoiseProgram program = noisy::depolarising_program(circuit, {});
  const noisy::TrajectoryBuilder builder(program);
  noisy::Trajectory trajectory;
  RandomStream random({.seed = 1, .purpose = StreamPurpose::test});
  for (int i = 0; i != 30; ++i) {
    builder.build(std::array<std::size_t, 1>{0}, random, trajectory);  // behind the Ry of qubit 0
    CHECK((trajectory.cone & 0b101) == 0);                             // X goes over CX to qubit 1; Z stays and is lost
    builder.build(std::array<std::size_t, 1>{2}, random, trajectory);  // behind the last Ry
    CHECK(trajectory.cone == 0);
    CHECK((trajectory.flips & ~noisy::QubitSet{0b010}) == 0);
  }
}

}  // namespace
}  // namespace bornite
