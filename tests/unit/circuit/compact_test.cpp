#include "bornite/circuit/compact.hpp"

#include "catch.hpp"

using namespace bornite;

TEST_CASE("idle qubits are left out unless they are needed, and the others keep their order") {
  Circuit circuit(156);
  circuit.h(7).cx(7, 3).rz(155, Angle::of(2)).append({GateKind::global_phase, {}, {}, Angle::constant(1)});
  const std::vector<Qubit> needed{50, 3};
  const CompactCircuit compact = without_idle_qubits(circuit, needed);
  CHECK(compact.qubits == std::vector<Qubit>{3, 7, 50, 155});
  Circuit expected(4);
  expected.h(1).cx(1, 0).rz(3, Angle::of(2)).append({GateKind::global_phase, {}, {}, Angle::constant(1)});
  CHECK(compact.circuit == expected);
}

TEST_CASE("a circuit without gates keeps one qubit") {
  const CompactCircuit compact = without_idle_qubits(Circuit(9), {});
  CHECK(compact.circuit == Circuit(1));
  CHECK(compact.qubits == std::vector<Qubit>{0});
}
