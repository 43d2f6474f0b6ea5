#include "bornite/circuit/outcome_influence.hpp"

#include "bornite/circuit/ansatz.hpp"
#include "catch.hpp"
#include "dense.hpp"
#include "random_circuit.hpp"

using namespace bornite;
using namespace bornite::test;

namespace {

Circuit without_gate(const Circuit& circuit, std::size_t left_out) {
  Circuit result(circuit.qubits());
  for (std::size_t i = 0; i < circuit.gates().size(); ++i)
    if (i != left_out) result.append(circuit.gates()[i]);
  return result;
}

std::vector<std::size_t> unseen_gates(const Circuit& circuit) {
  const std::vector<bool> influences = influences_outcomes(circuit);
  REQUIRE(influences.size() == circuit.gates().size());
  std::vector<std::size_t> unseen;
  for (std::size_t i = 0; i < influences.size(); ++i)
    if (!influences[i]) unseen.push_back(i);
  return unseen;
}

}  // namespace

TEST_CASE("leaving out a gate that has no influence changes no probability of random circuits") {
  constexpr std::size_t qubits = 3, parameters = 4;
  RandomStream random({.seed = 21, .purpose = StreamPurpose::test});
  std::size_t found = 0;
  for (int trial = 0; trial < 60; ++trial) {
    const Circuit circuit = random_circuit(qubits, parameters, random);
    const std::vector<double> theta = random_row(parameters, random);
    const Eigen::VectorXd probabilities = dense_state(circuit, theta).cwiseAbs2();
    for (const std::size_t gate : unseen_gates(circuit)) {
      ++found;
      const Eigen::VectorXd without = dense_state(without_gate(circuit, gate), theta).cwiseAbs2();
      CHECK((without - probabilities).cwiseAbs().maxCoeff() < 1e-14);
    }
  }
  CHECK(found > 100);
}

TEST_CASE("of an ansatz the last rz of each qubit has no influence, and every other rotation has") {
  for (const AnsatzKind kind : ansatz_kinds) {
    INFO(to_string(kind));
    const Circuit circuit = make_ansatz(kind, 5, 3);
    std::vector<std::int32_t> parameters;
    for (const std::size_t gate : unseen_gates(circuit))
      if (has_angle(circuit.gates()[gate].kind)) parameters.push_back(circuit.gates()[gate].angle.parameter);
    // Without entanglers a qubit has no phase to lose but its own last one.
    CHECK(parameters == std::vector<std::int32_t>{25, 26, 27, 28, 29});
  }
}

TEST_CASE("phases are unseen through permutations and on controls, not through rotations") {
  Circuit circuit(3);
  circuit.h(0).h(1).rz(0, Angle::of(0)).rz(1, Angle::of(1)).rz(2, Angle::of(2));
  circuit.cx(0, 1).swap(1, 2).rx(1, Angle::of(3));
  // rz on 2 meets |0>; that on 0 only controls; that on 1 goes to 2 by way of a swap, together with one on 0.
  CHECK(unseen_gates(circuit) == std::vector<std::size_t>{2, 3, 4});
  circuit.h(0);
  CHECK(unseen_gates(circuit) == std::vector<std::size_t>{4});
}
