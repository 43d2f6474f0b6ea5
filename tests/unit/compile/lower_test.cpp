#include "bornite/compile/zz_circuit.hpp"

#include <numbers>

#include "../circuit/random_circuit.hpp"
#include "bornite/compile/simplify.hpp"
#include "catch.hpp"
#include "dense.hpp"
#include "zz_matrix.hpp"

using namespace bornite;
using namespace bornite::test;

namespace {

/// How many CX a gate takes: each is one ZZ operation here.
std::size_t cost(const Gate& gate, std::size_t qubits) { return zz_count(to_zz_circuit(Circuit(qubits).append(gate))); }

std::vector<Qubit> first_qubits(std::size_t count) {
  std::vector<Qubit> qubits(count);
  std::iota(qubits.begin(), qubits.end(), Qubit{0});
  return qubits;
}

}  // namespace

TEST_CASE("every gate with up to four controls is lowered to the same matrix") {
  RandomStream random({.seed = 4, .purpose = StreamPurpose::test});
  for (const GateKind kind : gate_kinds)
    for (std::size_t controls = 0; controls <= 5 - target_count(kind); ++controls) {
      CAPTURE(to_string(kind), controls);
      Gate gate = random_gate(kind, 5, 2, random);
      gate.controls.clear();
      for (Qubit q = 0; gate.controls.size() < controls; ++q)
        if (std::ranges::find(gate.targets, q) == gate.targets.end()) gate.controls.push_back(q);
      const std::vector<double> theta = random_row(2, random);
      const Circuit circuit = Circuit(5).append(gate);
      CHECK(distance_up_to_phase(zz_matrix(to_zz_circuit(circuit), theta), dense_matrix(circuit, theta)) < 1e-13);
    }
}

TEST_CASE("random circuits are lowered to the same matrix") {
  RandomStream random({.seed = 5, .purpose = StreamPurpose::test});
  for (int repeat = 0; repeat < 10; ++repeat) {
    const Circuit circuit = random_circuit(4, 3, random);
    const std::vector<double> theta = random_row(3, random);
    CHECK(distance_up_to_phase(zz_matrix(to_zz_circuit(circuit), theta), dense_matrix(circuit, theta)) < 1e-13);
  }
}

TEST_CASE("gates with many controls borrow idle qubits and give them back") {
  for (const auto& [controls, qubits] : {std::pair<std::size_t, std::size_t>{6, 7}, {7, 8}, {6, 8}, {7, 10}}) {
    CAPTURE(controls, qubits);
    const std::vector<double> theta{1.3};
    for (const GateKind kind : {GateKind::x, GateKind::ry}) {
      const Gate gate{kind, {static_cast<Qubit>(controls)}, first_qubits(controls), Angle::of(0, 0.7)};
      const Circuit circuit = Circuit(qubits).append(gate);
      RandomStream random({.seed = 7, .purpose = StreamPurpose::test});
      Eigen::MatrixXcd states(Eigen::Index{1} << qubits, 2);
      for (std::complex<double>& amplitude : states.reshaped()) amplitude = {random.normal(), random.normal()};
      Eigen::MatrixXcd expected = states;
      const auto u = matrix(kind, gate.angle.value(theta));
      const Eigen::Index all = (Eigen::Index{1} << controls) - 1, bit = Eigen::Index{1} << controls;
      for (Eigen::Index i = 0; i < states.rows(); ++i) {
        if ((i & all) != all || (i & bit) != 0) continue;
        expected.row(i) = u[0] * states.row(i) + u[1] * states.row(i | bit);
        expected.row(i | bit) = u[2] * states.row(i) + u[3] * states.row(i | bit);
      }
      CHECK(distance_up_to_phase(zz_states(to_zz_circuit(circuit), theta, states), expected) < 1e-11);
    }
  }
}

TEST_CASE("gates take as many CX as is said") {
  for (const GateKind kind : {GateKind::x, GateKind::z, GateKind::h, GateKind::t, GateKind::ry, GateKind::phase})
    CHECK(cost({kind, {1}, {0}, Angle::of(0)}, 2) == 1);
  CHECK(cost({GateKind::swap, {0, 1}, {}, {}}, 2) == 3);
  // The parities of the two lowest qubits are one ZZ gate instead of two CX.
  for (std::size_t n = 3; n <= 6; ++n) {
    const std::vector<Qubit> controls = first_qubits(n - 1);
    CHECK(cost({GateKind::x, {static_cast<Qubit>(n - 1)}, controls, {}}, n) == (std::size_t{1} << n) - 3);
    CHECK(cost({GateKind::rx, {static_cast<Qubit>(n - 1)}, controls, Angle::of(0)}, n) == std::size_t{1} << (n - 1));
  }
  // Quadratic: the second differences do not grow.
  std::vector<double> costs;
  for (std::size_t n = 20; n <= 60; n += 10)
    costs.push_back(static_cast<double>(cost({GateKind::x, {static_cast<Qubit>(n - 1)}, first_qubits(n - 1), {}}, n)));
  for (std::size_t i = 0; i + 2 < costs.size(); ++i)
    CHECK(costs[i + 2] - 2 * costs[i + 1] + costs[i] == Approx(costs[2] - 2 * costs[1] + costs[0]).epsilon(0.1));
}

TEST_CASE("simplified circuits act the same on |0...0>, in probabilities, or altogether, as allowed") {
  RandomStream random({.seed = 6, .purpose = StreamPurpose::test});
  for (int repeat = 0; repeat < 30; ++repeat) {
    const ZzCircuit circuit = to_zz_circuit(random_circuit(4, 3, random));
    const std::vector<double> theta = random_row(3, random);
    const Eigen::MatrixXcd expected = zz_matrix(circuit, theta);
    const ZzCircuit plain = simplify(circuit, {.start_in_zero = false, .measured_at_the_end = false});
    CHECK(distance_up_to_phase(zz_matrix(plain, theta), expected) < 1e-12);
    CHECK(plain.operations().size() < circuit.operations().size());
    const ZzCircuit zero = simplify(circuit, {.start_in_zero = true, .measured_at_the_end = false});
    CHECK(distance_up_to_phase(zz_matrix(zero, theta).col(0), expected.col(0)) < 1e-12);
    CHECK(zz_count(zero) <= zz_count(plain));
    const ZzCircuit measured = simplify(circuit, {.start_in_zero = false, .measured_at_the_end = true});
    CHECK((zz_matrix(measured, theta).cwiseAbs2() - expected.cwiseAbs2()).cwiseAbs().maxCoeff() < 1e-12);
    const ZzCircuit both = simplify(circuit, {});
    CHECK((zz_matrix(both, theta).col(0).cwiseAbs2() - expected.col(0).cwiseAbs2()).cwiseAbs().maxCoeff() < 1e-12);
  }
}

TEST_CASE("pairs that commute with all between them cancel") {
  const Simplifications nothing{.start_in_zero = false, .measured_at_the_end = false};
  const auto count = [&](const Circuit& circuit) {
    return simplify(to_zz_circuit(circuit), nothing).operations().size();
  };
  CHECK(count(Circuit(2).cx(0, 1).cx(0, 1)) == 0);
  CHECK(count(Circuit(2).cz(0, 1).cz(1, 0)) == 0);
  CHECK(count(Circuit(2).cx(0, 1).rz(0, Angle::of(0)).rx(1, Angle::of(1)).cx(0, 1)) == 2);
  CHECK(count(Circuit(3).cz(0, 1).cz(1, 2).cz(0, 1)) == 3);  // Rz on two, and the one in the middle
  CHECK(count(Circuit(3).cx(0, 1).cx(0, 2).cx(0, 1).cx(0, 2)) == 0);
  CHECK(count(Circuit(2).cx(0, 1).x(0).cx(0, 1)) == 2);  // X on both
  CHECK(count(Circuit(2).cx(0, 1).ry(1, Angle::of(0)).cx(0, 1)) > 2);
  CHECK(zz_count(simplify(to_zz_circuit(Circuit(2).swap(0, 1).cx(0, 1)), nothing)) == 2);
}

TEST_CASE("what acts on |0> or before measurement without effect goes") {
  CHECK(simplify(to_zz_circuit(Circuit(2).cx(0, 1).cz(0, 1).rz(1, Angle::of(0))), {}).operations().empty());
  CHECK(zz_count(simplify(to_zz_circuit(Circuit(2).h(0).h(1).cz(0, 1).rz(0, Angle::of(0))), {})) == 0);
  CHECK(zz_count(simplify(to_zz_circuit(Circuit(3).h(0).ry(1, Angle::constant(0.3)).cx(0, 1).cz(1, 2)), {})) == 1);
  const Circuit before = Circuit(3).h(0).h(1).h(2).cz(0, 2);  // CZ on 0 and 2 passes that on 0 and 1
  CHECK(zz_count(simplify(to_zz_circuit(Circuit(before).cz(0, 1).h(1)), {})) == 1);
  CHECK(zz_count(simplify(to_zz_circuit(Circuit(before).x(0).cz(0, 1).h(1).x(2)), {})) == 1);
  CHECK(zz_count(simplify(to_zz_circuit(Circuit(before).cz(0, 1).h(1).h(0)), {})) == 2);
  CHECK(zz_count(simplify(to_zz_circuit(Circuit(2).x(0).h(1).cx(0, 1)), {})) == 0);
  CHECK(zz_count(simplify(to_zz_circuit(Circuit(2).h(0).cx(0, 1)), {})) == 1);
}

TEST_CASE("two entangling gates around a rotation are one by its angle") {
  const Simplifications nothing{.start_in_zero = false, .measured_at_the_end = false};
  const auto fused = [&](const Circuit& circuit) {
    const ZzCircuit lowered = to_zz_circuit(circuit), simple = simplify(lowered, nothing);
    const std::vector<double> theta{0.7, -1.1};
    CHECK(distance_up_to_phase(zz_matrix(simple, theta), zz_matrix(lowered, theta)) < 1e-13);
    return zz_count(simple);
  };
  CHECK(fused(Circuit(2).cx(0, 1).rz(1, Angle::of(0)).cx(0, 1)) == 1);
  CHECK(fused(Circuit(2).cz(0, 1).rx(0, Angle::of(0, 2.0)).cz(0, 1)) == 1);
  CHECK(fused(Circuit(2).cz(0, 1).x(0).ry(0, Angle::of(0)).z(0).cz(0, 1)) == 1);
  CHECK(fused(Circuit(3).cx(0, 1).cz(0, 2).rz(1, Angle::of(0)).rz(0, Angle::of(1)).cx(0, 1)) == 2);
  CHECK(fused(Circuit(2).cz(0, 1).ry(0, Angle::constant(0.4)).rx(0, Angle::constant(0.3)).cz(0, 1)) == 1);
  CHECK(fused(Circuit(2).cz(0, 1).rx(0, Angle::of(0)).ry(0, Angle::of(1)).cz(0, 1)) == 2);
  CHECK(fused(Circuit(2).cz(0, 1).rx(0, Angle::of(0)).rx(1, Angle::of(1)).cz(0, 1)) == 2);
  CHECK(fused(Circuit(2).swap(0, 1)) == 3);
}
