#include "bornite/circuit/parts.hpp"

#include "bornite/circuit/ansatz.hpp"
#include "catch.hpp"

using namespace bornite;

TEST_CASE("a circuit falls into the parts that its gates connect, in order, with parameters as they were") {
  Circuit circuit(7);
  circuit.h(5).cx(5, 1).rz(3, Angle::of(2)).ry(1, Angle::of(0)).ccx(0, 6, 2).ry(2, Angle::of(4));
  circuit.append({GateKind::global_phase, {}, {}, Angle::constant(1)});
  const auto parts = connected_parts(circuit);
  REQUIRE(parts.size() == 3);
  CHECK(parts[0].qubits == std::vector<Qubit>{0, 2, 6});
  CHECK(parts[0].circuit == Circuit(3).ccx(0, 2, 1).ry(1, Angle::of(4)));
  CHECK(parts[1].qubits == std::vector<Qubit>{1, 5});
  CHECK(parts[1].circuit == Circuit(2).h(1).cx(1, 0).ry(0, Angle::of(0)));
  CHECK(parts[2].qubits == std::vector<Qubit>{3});
  CHECK(parts[2].circuit == Circuit(1).rz(0, Angle::of(2)));
  CHECK(most_connected_qubits(circuit) == 3);
}

TEST_CASE("circuits without gates have no parts, and connected ones a single part") {
  CHECK(connected_parts(Circuit(70)).empty());
  CHECK(most_connected_qubits(Circuit(70)) == 0);
  const Circuit ring = make_ansatz(AnsatzKind::ring, 70, 1);
  REQUIRE(connected_parts(ring).size() == 1);
  CHECK(connected_parts(ring)[0].circuit == ring);
  CHECK(most_connected_qubits(make_ansatz(AnsatzKind::product, 70, 3)) == 1);
}
