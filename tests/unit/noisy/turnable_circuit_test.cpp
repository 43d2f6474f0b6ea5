#include "turnable_circuit.hpp"

#include "catch.hpp"
#include "dense.hpp"
#include "pauli.hpp"
#include "random_circuit.hpp"

namespace bornite {
namespace {

TEST_CASE("a turnable circuit is the original, and with gates turned that with their inverses") {
  for (std::uint64_t seed = 0; seed != 10; ++seed) {
    const Circuit circuit = test::random_circuit(3, 15, seed, 2);
    const std::vector<double> theta = test::random_theta(circuit, seed);
    const noisy::TurnableCircuit turnable(circuit);
    std::vector<double> angles = turnable.angles(theta);
    CHECK(test::distance(test::dense_matrix(turnable.circuit(), angles), test::dense_matrix(circuit, theta)) < 1e-13);

    std::vector<Gate> gates(circuit.gates().begin(), circuit.gates().end());
    std::size_t turned = 0;
    for (std::size_t g = 0; g < gates.size(); g += 2) {
      noisy::Pauli pauli{.x = 0b111, .z = 0b001};  // does not commute with much
      if (noisy::pass(pauli, gates[g]) != noisy::Passage::inverse) continue;
      turnable.turn(g, angles);
      gates[g] = inverse(gates[g]);
      ++turned;
    }
    CAPTURE(seed, turned);
    const Circuit other(3, gates);
    CHECK(test::distance(test::dense_matrix(turnable.circuit(), angles), test::dense_matrix(other, theta)) < 1e-13);
    if (turned > 0) CHECK(test::distance(test::dense_matrix(other, theta), test::dense_matrix(circuit, theta)) > 1e-6);
  }
}

}  // namespace
}  // namespace bornite
