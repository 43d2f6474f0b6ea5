#include "bornite/circuit/ansatz.hpp"

#include <stdexcept>
#include <string>

#include "catch.hpp"

using namespace bornite;

namespace {

/// The circuit in short: "c01" for CX from 0 to 1, "y2:5" and "z2:5" for Ry and Rz on qubit 2 by parameter 5.
std::string shorthand(const Circuit& circuit) {
  std::string text;
  for (const Gate& gate : circuit.gates()) {
    if (!text.empty()) text += ' ';
    if (gate.kind == GateKind::x && gate.controls.size() == 1) {
      text += 'c' + std::to_string(gate.controls[0]) + std::to_string(gate.targets[0]);
    } else if ((gate.kind == GateKind::ry || gate.kind == GateKind::rz) && gate.controls.empty() &&
               gate.angle.scale == 1.0 && gate.angle.offset == 0.0) {
      text += (gate.kind == GateKind::ry ? 'y' : 'z') + std::to_string(gate.targets[0]) + ':' +
              std::to_string(gate.angle.parameter);
    } else {
      text += '?';
    }
  }
  return text;
}

/// The CX gates of each block, blocks separated by '|'.
std::string entanglers(AnsatzKind kind, std::size_t qubits, std::size_t depth) {
  const Circuit circuit = make_ansatz(kind, qubits, depth);
  std::string text;
  std::size_t rotations = 0;
  for (const Gate& gate : circuit.gates()) {
    if (gate.kind != GateKind::x) {
      if (++rotations % (2 * qubits) == 0 && rotations < 2 * qubits * depth) text += '|';
      continue;
    }
    if (!text.empty() && text.back() != '|') text += ' ';
    text += std::to_string(gate.controls[0]) + std::to_string(gate.targets[0]);
  }
  return text;
}

}  // namespace

TEST_CASE("every ansatz is its definition gate by gate") {
  CHECK(shorthand(make_ansatz(AnsatzKind::product, 2, 2)) == "y0:0 y1:1 z0:2 z1:3 y0:4 y1:5 z0:6 z1:7");
  CHECK(shorthand(make_ansatz(AnsatzKind::brickwork, 3, 2)) ==
        "c12 y0:0 y1:1 y2:2 z0:3 z1:4 z2:5 c01 y0:6 y1:7 y2:8 z0:9 z1:10 z2:11");
  CHECK(shorthand(make_ansatz(AnsatzKind::linear, 3, 1)) == "c01 c12 y0:0 y1:1 y2:2 z0:3 z1:4 z2:5");
  CHECK(shorthand(make_ansatz(AnsatzKind::ring, 3, 1)) == "c01 c12 c20 y0:0 y1:1 y2:2 z0:3 z1:4 z2:5");
  CHECK(shorthand(make_ansatz(AnsatzKind::all_to_all, 3, 1)) == "c01 c02 c12 y0:0 y1:1 y2:2 z0:3 z1:4 z2:5");
}

TEST_CASE("entangling layers are as written for even and odd numbers of qubits") {
  CHECK(entanglers(AnsatzKind::product, 5, 3) == "||");
  CHECK(entanglers(AnsatzKind::brickwork, 4, 3) == "12|01 23|12");
  CHECK(entanglers(AnsatzKind::brickwork, 5, 4) == "12 34|01 23|12 34|01 23");
  CHECK(entanglers(AnsatzKind::brickwork, 6, 2) == "12 34|01 23 45");
  CHECK(entanglers(AnsatzKind::linear, 4, 2) == "01 12 23|01 12 23");
  CHECK(entanglers(AnsatzKind::linear, 5, 1) == "01 12 23 34");
  CHECK(entanglers(AnsatzKind::ring, 4, 2) == "01 12 23 30|01 12 23 30");
  CHECK(entanglers(AnsatzKind::ring, 5, 1) == "01 12 23 34 40");
  CHECK(entanglers(AnsatzKind::all_to_all, 4, 2) == "01 02 03 12 13 23|01 02 03 12 13 23");
  CHECK(entanglers(AnsatzKind::all_to_all, 5, 1) == "01 02 03 04 12 13 14 23 24 34");
}

TEST_CASE("one qubit has nothing to entangle and two have one pair") {
  for (const AnsatzKind kind : ansatz_kinds) {
    INFO(to_string(kind));
    CHECK(shorthand(make_ansatz(kind, 1, 2)) == "y0:0 z0:1 y0:2 z0:3");
  }
  CHECK(entanglers(AnsatzKind::product, 2, 2) == "|");
  CHECK(entanglers(AnsatzKind::brickwork, 2, 4) == "|01||01");
  CHECK(entanglers(AnsatzKind::linear, 2, 2) == "01|01");
  CHECK(entanglers(AnsatzKind::ring, 2, 2) == "01|01");
  CHECK(entanglers(AnsatzKind::all_to_all, 2, 2) == "01|01");
}

TEST_CASE("every ansatz has two angles for each qubit of each block, used once and in order") {
  for (const AnsatzKind kind : ansatz_kinds)
    for (const std::size_t qubits : {1UL, 2UL, 7UL, 17UL})
      for (const std::size_t depth : {1UL, 3UL}) {
        INFO(to_string(kind) << ' ' << qubits << ' ' << depth);
        const Circuit circuit = make_ansatz(kind, qubits, depth);
        CHECK(circuit.qubits() == qubits);
        CHECK(circuit.parameters() == 2 * qubits * depth);
        std::int32_t next = 0;
        for (const Gate& gate : circuit.gates())
          if (has_angle(gate.kind)) CHECK(gate.angle == Angle::of(static_cast<std::size_t>(next++)));
        CHECK(static_cast<std::size_t>(next) == circuit.parameters());
      }
}

TEST_CASE("names of ansaetze are read back as the same kind") {
  for (const AnsatzKind kind : ansatz_kinds) CHECK(parse_ansatz(to_string(kind)).value() == kind);
  CHECK(to_string(AnsatzKind::all_to_all) == "all_to_all");
}

TEST_CASE("an unknown ansatz is refused with the names of all") {
  for (const std::string name : {"brick", "", "Ring"}) {
    const auto result = parse_ansatz(name);
    REQUIRE(result.has_error());
    CHECK(result.error().kind == ErrorKind::configuration);
    CHECK_THAT(result.error().message, Catch::Contains('"' + name + '"'));
    for (const AnsatzKind kind : ansatz_kinds)
      CHECK_THAT(result.error().hint, Catch::Contains(std::string(to_string(kind))));
  }
}

TEST_CASE("an ansatz without qubits or blocks is refused") {
  CHECK_THROWS_AS(make_ansatz(AnsatzKind::linear, 0, 1), std::invalid_argument);
  CHECK_THROWS_AS(make_ansatz(AnsatzKind::linear, 3, 0), std::invalid_argument);
}
