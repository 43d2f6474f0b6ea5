#include "bornite/rest/program.hpp"

#include <random>

#include "bornite/compile/check.hpp"
#include "bornite/qasm/reader.hpp"
#include "catch.hpp"
#include "dense.hpp"

using namespace bornite;

namespace {

/// Gates of every kind with up to two controls.
Circuit random_circuit(std::mt19937& random, std::size_t qubits, std::size_t gates) {
  Circuit circuit(qubits);
  std::vector<Qubit> order(qubits);
  for (std::size_t g = 0; g < gates; ++g) {
    std::iota(order.begin(), order.end(), Qubit{0});
    std::ranges::shuffle(order, random);
    Gate gate{static_cast<GateKind>(random() % 16), {}, {}, {}};
    const std::size_t targets = target_count(gate.kind);
    gate.targets.assign(order.begin(), order.begin() + static_cast<std::ptrdiff_t>(targets));
    const std::size_t controls = random() % (std::min<std::size_t>(3, qubits - targets + 1));
    gate.controls.assign(order.begin() + static_cast<std::ptrdiff_t>(targets),
                         order.begin() + static_cast<std::ptrdiff_t>(targets + controls));
    if (has_angle(gate.kind))
      gate.angle = random() % 2 == 0 ? Angle::constant(static_cast<double>(random() % 600) / 100)
                                     : Angle::of(random() % 3, 1.5, 0.25);
    circuit.append(gate);
  }
  return circuit;
}

/// Probabilities of the outcomes of a program, bit i of the index being classical bit i.
Eigen::VectorXd outcomes(const std::string& text) {
  const QasmProgram program = read_qasm(text, "the program").value();
  const Eigen::VectorXcd state = test::dense_state(program.circuit, {});
  Eigen::VectorXd q = Eigen::VectorXd::Zero(Eigen::Index{1} << program.measured.size());
  for (Eigen::Index s = 0; s < state.size(); ++s) {
    Eigen::Index outcome = 0;
    for (std::size_t i = 0; i < program.measured.size(); ++i)
      outcome |= ((s >> program.measured[i]) & 1) << program.measured_bits[i];
    q(outcome) += std::norm(state(s));
  }
  return q;
}

Target line(std::size_t qubits) {
  Target target{.name = "a line", .qubits = std::vector<QubitFigures>(qubits), .gates = {}};
  for (const NativeKind kind : {NativeKind::rz, NativeKind::sx, NativeKind::x})
    target.gates.push_back({.kind = kind, .everywhere = true});
  TargetGate cz{.kind = NativeKind::cz};
  for (Qubit q = 0; q + 1 < qubits; ++q) cz.places[{q, q + 1}] = {};
  target.gates.push_back(cz);
  return target;
}

}  // namespace

TEST_CASE("programs for every provider have the outcomes of their circuits") {
  const std::string dialect = GENERATE(as<std::string>(), "ionq", "braket", "qbraid", "standard");
  CAPTURE(dialect);
  std::mt19937 random(7);
  ProgramSource source(builtin_dialect(dialect).value(), std::nullopt);
  for (int repeat = 0; repeat < 25; ++repeat) {
    Circuit circuit = random_circuit(random, 4, 12);
    circuit.ry(0, Angle::of(2));
    const std::vector<double> theta{0.3, -1.1, 2.2};
    const auto program = source.get(circuit).value();
    const Eigen::VectorXd expected = test::dense_state(circuit, theta).cwiseAbs2();
    CHECK((outcomes(program->writer.bound(theta)) - expected).cwiseAbs().maxCoeff() < 1e-9);
    CHECK(program->measured().size() == 4);
  }
}

TEST_CASE("circuits that are compiled for a device keep their outcomes and pass its check") {
  std::mt19937 random(8);
  const Target target = line(5);
  ProgramSource source(builtin_dialect("ibm").value(), target);
  for (int repeat = 0; repeat < 15; ++repeat) {
    const Circuit circuit = random_circuit(random, 3, 8).append(Circuit(3).ry(1, Angle::of(2)));
    const std::vector<double> theta{0.3, -1.1, 2.2};
    const auto program = source.get(circuit).value();
    REQUIRE(program->native.has_value());
    CHECK(check(*program->native, target).has_value());
    CHECK(program->measured() == program->native->measured);
    const Eigen::VectorXd expected = test::dense_state(circuit, theta).cwiseAbs2();
    CHECK((outcomes(program->writer.bound(theta)) - expected).cwiseAbs().maxCoeff() < 1e-9);
  }
}

TEST_CASE("a circuit that the device cannot hold is refused") {
  ProgramSource source(builtin_dialect("ibm").value(), line(2));
  CHECK_FALSE(source.get(Circuit(3).h(0)).has_value());
}

TEST_CASE("the last four programs are remembered") {
  ProgramSource source(builtin_dialect("ionq").value(), std::nullopt);
  const auto first = source.get(Circuit(1).h(0)).value();
  CHECK(source.get(Circuit(1).h(0)).value() == first);
  for (std::size_t qubits = 2; qubits <= 4; ++qubits) CHECK(source.get(Circuit(qubits).h(0)).has_value());
  CHECK(source.get(Circuit(1).h(0)).value() == first);
  for (std::size_t qubits = 5; qubits <= 8; ++qubits) CHECK(source.get(Circuit(qubits).h(0)).has_value());
  CHECK(source.get(Circuit(1).h(0)).value() != first);
}
