#include "bornite/train/parameter_shift.hpp"

#include <cmath>

#include "../circuit/random_circuit.hpp"
#include "bornite/circuit/ansatz.hpp"
#include "bornite/statevector/statevector_backend.hpp"
#include "catch.hpp"
#include "dense.hpp"
#include "random_problem.hpp"

using namespace bornite;
using namespace bornite::test;

namespace {

double expectation(const Circuit& circuit, Theta theta, const CostTable& costs) {
  const Eigen::VectorXd q = dense_state(circuit, theta).cwiseAbs2();
  return q.dot(Eigen::Map<const Eigen::VectorXd>(costs.costs().data(), q.size()));
}

std::vector<double> shifted_gradient(const ParameterShift& shift, Theta theta, const CostTable& costs) {
  const ParameterRows rows = shift.rows(theta, true);
  REQUIRE(rows.rows() == shift.shifted_rows().size() + 1);
  REQUIRE(rows.columns() == shift.circuit().parameters());
  std::vector<double> gradient(theta.size());
  for (std::size_t row = 1; row < rows.rows(); ++row) {
    const ShiftedRow& shifted = shift.shifted_rows()[row - 1];
    gradient[shifted.parameter] += shifted.coefficient * expectation(shift.circuit(), rows[row], costs);
  }
  return gradient;
}

}  // namespace

TEST_CASE("the shift rules give the derivatives of random circuits of all gates with shared and scaled parameters") {
  constexpr std::size_t qubits = 3, parameters = 3;
  RandomStream random = random_stream(31);
  StatevectorBackend backend;
  for (int trial = 0; trial < 40; ++trial) {
    Circuit circuit = random_circuit(qubits, parameters, random);
    circuit.append(random_circuit(qubits, parameters, random));
    if (circuit.parameters() != parameters) continue;
    const std::vector<double> theta = random_row(parameters, random);
    const CostTable costs = random_costs(qubits, 100 + static_cast<std::uint64_t>(trial));
    const ParameterShift shift(circuit);
    const std::vector<double> gradient = shifted_gradient(shift, theta, costs);
    CHECK(expectation(shift.circuit(), shift.rows(theta, false)[0], costs) ==
          Approx(expectation(circuit, theta, costs)).margin(1e-13));
    std::vector<double> adjoint(parameters);
    REQUIRE(backend.gradient(
        circuit, theta,
        [&](std::span<const double>, std::span<double> g) { std::ranges::copy(costs.costs(), g.begin()); }, adjoint));
    for (std::size_t p = 0; p < parameters; ++p) {
      constexpr double h = 1e-4;
      const auto value = [&](double step) {
        std::vector<double> moved = theta;
        moved[p] += step;
        return expectation(circuit, moved, costs);
      };
      const double difference = (8 * (value(h) - value(-h)) - (value(2 * h) - value(-2 * h))) / (12 * h);
      CHECK(gradient[p] == Approx(difference).margin(1e-9));
      CHECK(gradient[p] == Approx(adjoint[p]).margin(1e-11));
    }
  }
}

TEST_CASE("an ansatz keeps its circuit and has two rows for each angle but those of the last rz") {
  const Circuit circuit = make_ansatz(AnsatzKind::brickwork, 17, 4);
  const ParameterShift shift(circuit);
  CHECK(shift.circuit() == circuit);
  CHECK(shift.shifted_rows().size() == 2 * (136 - 17));
}

TEST_CASE("controlled rotations take four rows, phases two, however many gates share the parameter") {
  Circuit circuit(3);
  circuit.h(0).h(1).h(2);
  circuit.append({GateKind::ry, {1}, {0}, Angle::of(0, 2.0)});
  circuit.append({GateKind::phase, {2}, {0, 1}, Angle::of(0, -1.0, 0.3)});
  circuit.h(0).h(2);
  const ParameterShift shift(circuit);
  CHECK(shift.shifted_rows().size() == 6);
  CHECK(shift.circuit().parameters() == 2);
  CHECK(shift.circuit().gates()[4].angle == Angle::of(1, -1.0, 0.3));
}
