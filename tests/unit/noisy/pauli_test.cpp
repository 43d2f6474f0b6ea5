#include "pauli.hpp"

#include <map>

#include "catch.hpp"
#include "dense_noise.hpp"
#include "random_circuit.hpp"

namespace bornite {
namespace {

using noisy::Passage;
using noisy::Pauli;

constexpr std::size_t qubits = 3;

TEST_CASE("a Pauli operator before a gate is the same as what passed it behind what it left") {
  RandomStream random({.seed = 1, .purpose = StreamPurpose::test});
  std::map<Passage, int> seen;
  for (int i = 0; i != 3000; ++i) {
    const Gate gate = test::random_gate(random, qubits, 1, 2);
    const std::vector<double> theta{6 * random.uniform()};
    const Pauli before = noisy::draw_pauli(0b111, random);
    Pauli behind = before;
    const Passage passage = noisy::pass(behind, gate);
    ++seen[passage];
    if (passage == Passage::impossible) {
      CHECK((behind.x == before.x && behind.z == before.z));
      continue;
    }
    const Gate left = passage == Passage::inverse ? inverse(gate) : gate;
    const Eigen::MatrixXcd one =
        test::dense_matrix(gate, qubits, theta) * test::dense_pauli(qubits, before.x, before.z);
    const Eigen::MatrixXcd other =
        test::dense_pauli(qubits, behind.x, behind.z) * test::dense_matrix(left, qubits, theta);
    CAPTURE(std::string(to_string(gate.kind)), gate.controls.size(), before.x, before.z);
    REQUIRE(test::distance_up_to_phase(one, other) < 1e-12);
  }
  CHECK(seen[Passage::same_gate] > 500);
  CHECK(seen[Passage::inverse] > 100);
  CHECK(seen[Passage::impossible] > 100);
}

TEST_CASE("the gates of the ansaetze let every Pauli operator pass") {
  RandomStream random({.seed = 2, .purpose = StreamPurpose::test});
  for (int i = 0; i != 200; ++i) {
    Pauli pauli = noisy::draw_pauli(0b11, random);
    CHECK(noisy::pass(pauli, {GateKind::x, {1}, {0}, {}}) == Passage::same_gate);
    CHECK(noisy::pass(pauli, {GateKind::ry, {0}, {}, Angle::constant(1)}) != Passage::impossible);
    CHECK(noisy::pass(pauli, {GateKind::rz, {1}, {}, Angle::constant(1)}) != Passage::impossible);
  }
}

TEST_CASE("all Pauli operators but the identity are equally likely") {
  RandomStream random({.seed = 3, .purpose = StreamPurpose::test});
  std::map<std::pair<std::uint64_t, std::uint64_t>, double> counts;
  constexpr double draws = 150'000;
  for (int i = 0; i != static_cast<int>(draws); ++i) {
    const Pauli pauli = noisy::draw_pauli(0b101, random);
    ++counts[{pauli.x, pauli.z}];
  }
  REQUIRE(counts.size() == 15);
  for (const auto& [pauli, count] : counts) {
    CHECK(((pauli.first | pauli.second) & ~std::uint64_t{0b101}) == 0);
    CHECK(std::abs(count - draws / 15) < 4.5 * std::sqrt(draws / 15));
  }
}

}  // namespace
}  // namespace bornite
