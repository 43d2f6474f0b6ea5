#include "bornite/compile/compile.hpp"

#include <algorithm>
#include <numbers>

#include "../circuit/random_circuit.hpp"
#include "bornite/circuit/ansatz.hpp"
#include "bornite/compile/verify.hpp"
#include "catch.hpp"
#include "small_targets.hpp"
#include "zz_matrix.hpp"

using namespace bornite;
using namespace bornite::test;

namespace {

constexpr const char* line = "couplings = [[0, 1], [1, 2], [2, 3], [3, 4]]";
constexpr const char* one_way = "couplings = [[1, 0], [1, 2], [3, 2], [3, 4]]\ndirected = true";
constexpr const char* star = "couplings = [[0, 1], [0, 2], [0, 3], [0, 4]]";
constexpr const char* all = "couplings = \"all\"";

/// Uses of a kind of gate.
std::size_t count(const NativeCircuit& circuit, NativeKind kind) {
  return static_cast<std::size_t>(std::ranges::count(circuit.gates, kind, &NativeGate::kind));
}

Compiled compiled_for(const char* set, const Circuit& circuit, const char* couplings = all,
                      CompileOptions options = {}) {
  for (const GateSet& one : gate_sets)
    if (std::string_view(one.name) == set) return compile(circuit, small_target(one, 5, couplings), options).value();
  throw std::logic_error("no such set");
}

/// Gates that are not Rz.
std::size_t turns(const Compiled& compiled) {
  return compiled.circuit.gates.size() - count(compiled.circuit, NativeKind::rz);
}

}  // namespace

TEST_CASE("random circuits over all gates compile to every native set on every shape of device") {
  RandomStream random({.seed = 20, .purpose = StreamPurpose::test});
  for (const GateSet& set : gate_sets)
    for (const char* couplings : {line, one_way, star, all}) {
      CAPTURE(set.name, couplings);
      const Target target = small_target(set, 5, couplings);
      const Circuit circuit = random_circuit(4, 3, random);
      for (const bool measured : {true, false})
        for (const bool zero : {true, false}) {
          const CompileOptions options{.simplifications = {.start_in_zero = zero, .measured_at_the_end = measured}};
          const auto compiled = compile(circuit, target, options);
          REQUIRE(compiled);
          CHECK(compiled->circuit.parameters() <= circuit.parameters());
          const auto verified = verify(circuit, *compiled, target);
          REQUIRE(verified);
          CHECK(*verified == (measured ? Verification::equal_distributions : Verification::equal_states));
        }
    }
}

TEST_CASE("circuits of other qubits and shapes verify too") {
  RandomStream random({.seed = 21, .purpose = StreamPurpose::test});
  for (const GateSet& set : gate_sets)
    for (std::size_t qubits = 3; qubits <= 5; ++qubits) {
      const Circuit circuit = random_circuit(qubits, 2, random);
      const Target target = small_target(set, 7, "couplings = [[0, 1], [1, 2], [1, 3], [3, 5], [4, 5], [5, 6]]");
      CAPTURE(set.name, qubits);
      const auto compiled = compile(circuit, target);
      REQUIRE(compiled);
      CHECK(verify(circuit, *compiled, target));
    }
}

TEST_CASE("a constant takes at most two sx, and no more turns than it needs") {
  RandomStream random({.seed = 22, .purpose = StreamPurpose::test});
  const CompileOptions whole{.simplifications = {.start_in_zero = false, .measured_at_the_end = false}};
  for (int repeat = 0; repeat < 20; ++repeat) {
    Circuit circuit(1);
    for (int i = 0; i < 8; ++i) circuit.rx(0, Angle::constant(random.normal())).ry(0, Angle::constant(random.normal()));
    CHECK(turns(compiled_for("rz, sx, x, cz", circuit, all, whole)) == 2);
    CHECK(turns(compiled_for("prx, cz", circuit, all)) == 1);
    CHECK(turns(compiled_for("gpi, gpi2, ms", circuit, all)) == 2);
    CHECK(compiled_for("rz, ry, rx, rxx", circuit, all, whole).circuit.gates.size() == 3);
  }
  const auto of = [&](const Circuit& circuit) { return turns(compiled_for("rz, sx, x, cz", circuit, all, whole)); };
  CHECK(of(Circuit(1).h(0)) == 1);
  CHECK(of(Circuit(1).x(0)) == 1);
  CHECK(of(Circuit(1).h(0).h(0)) == 0);
  CHECK(of(Circuit(1).rz(0, Angle::of(0)).z(0)) == 0);
  CHECK(of(Circuit(1).rz(0, Angle::of(0)).ry(0, Angle::of(1)).rz(0, Angle::of(2))) == 2);
  CHECK(of(Circuit(1).ry(0, Angle::of(0)).ry(0, Angle::of(1)).append({GateKind::y, {0}, {}, {}})) == 2);
  CHECK(of(Circuit(1).rx(0, Angle::of(0)).z(0).rx(0, Angle::of(0))) == 0);
}

TEST_CASE("symbolic rotations about an axis are one gate where the device has it") {
  const CompileOptions whole{.simplifications = {.start_in_zero = false, .measured_at_the_end = false}};
  for (const GateKind kind : {GateKind::rx, GateKind::ry, GateKind::rz}) {
    const Circuit circuit = Circuit(1).append({kind, {0}, {}, Angle::of(0, 2.0, 0.5)});
    const Compiled compiled = compiled_for("rz, ry, rx, rxx", circuit, all, whole);
    REQUIRE(compiled.circuit.gates.size() == 1);
    CHECK(to_string(compiled.circuit.gates[0].kind) == to_string(kind));
    CHECK(compiled.circuit.gates[0].angles[0] == AngleSum(Angle::of(0, 2.0, 0.5)));
  }
}

TEST_CASE("two-qubit gates take as many native ones as they must") {
  const Circuit bell = Circuit(2).h(0).cx(0, 1);
  for (const GateSet& set : gate_sets) {
    CAPTURE(set.name);
    CHECK(compile(bell, small_target(set, 2, all)).value().report.after.two_qubit_gates == 1);
  }
  const Circuit turned = Circuit(2).h(0).h(1).append({GateKind::ry, {1}, {0}, Angle::of(0)});
  CHECK(compiled_for("rz, sx, x, cz", turned).report.after.two_qubit_gates == 2);
  CHECK(compiled_for("rz, ry, rx, rxx", turned).report.after.two_qubit_gates == 1);
  CHECK(compiled_for("gpi, gpi2, rzz", turned).report.after.two_qubit_gates == 2);  // no symbolic angles there
  const Circuit part = Circuit(2).h(0).h(1).append({GateKind::ry, {1}, {0}, Angle::constant(2.5)});
  CHECK(compiled_for("gpi, gpi2, rzz", part).report.after.two_qubit_gates == 1);
  CHECK(compiled_for("rz, sx, x, rx, cz, rzz", part).report.after.two_qubit_gates == 1);
  CHECK(count(compiled_for("rz, sx, x, rx, cz, rzz", part).circuit, NativeKind::rzz) == 1);
}

TEST_CASE("angles at the ends of a range are never written outside of it") {
  constexpr double half_pi = std::numbers::pi / 2;
  const Target target = small_target(gate_sets[3], 2, all);  // rzz from 0 to pi/2
  const AngleRange range = target.find(NativeKind::rzz)->ranges[0];
  const CompileOptions quick{.layout = {.line_moves = 100}};
  std::size_t written = 0;
  for (int quarters = -9; quarters <= 9; ++quarters)
    for (const double off : {0.0, 1e-16, -1e-16, 3e-15, -3e-15, 2e-14, -2e-14, 9e-14, -9e-14, 1e-12, -1e-12}) {
      Circuit circuit = Circuit(2).h(0).h(1);
      for (const double part : {0.3, half_pi * quarters - 0.3 + off})  // their sum is rounded
        circuit.append({GateKind::rz, {1}, {0}, Angle::constant(2 * part)});
      circuit.rx(0, Angle::constant(1)).rx(1, Angle::constant(1));
      CAPTURE(quarters, off);
      const auto compiled = compile(circuit, target, quick);
      REQUIRE(compiled);
      CHECK(verify(circuit, *compiled, target));
      for (const NativeGate& gate : compiled->circuit.gates) {
        if (gate.kind != NativeKind::rzz) continue;
        ++written;
        CHECK((gate.angles[0].offset() >= range.least && gate.angles[0].offset() <= range.most));
      }
    }
  CHECK(written > 50);
}

TEST_CASE("a native circuit of brickwork gains no gates") {
  // Per block after the first: CX on pairs, and Ry, Rz: on cz devices two sx per Ry, and Hadamards join them.
  const Circuit circuit = make_ansatz(AnsatzKind::brickwork, 5, 4);
  const Compiled compiled = compiled_for("rz, sx, x, cz", circuit, line);
  CHECK(compiled.report.swaps == 0);
  CHECK(count(compiled.circuit, NativeKind::cz) == 6);  // the first of four layers acts on |0...0>
  CHECK(compiled.initial_layout == compiled.final_layout);
  CHECK(compiled.circuit.measured == compiled.final_layout);
  CHECK(verify(circuit, compiled, small_target(gate_sets[0], 5, line)).value() == Verification::equal_distributions);
}

TEST_CASE("figures count gates and chains, and the report follows the target's figures") {
  const CircuitFigures before = figures_of(Circuit(3).h(0).cx(0, 1).ccx(0, 1, 2).rz(2, Angle::of(0)));
  CHECK(before.gates == std::map<std::string, std::size_t>{{"h", 1}, {"cx", 1}, {"ccx", 1}, {"rz", 1}});
  CHECK(before.depth == 4);
  CHECK(before.two_qubit_depth == 2);
  CHECK(before.two_qubit_gates == 2);
  const Target target =
      read_toml_target({"qubits = 2\none_given_zero = 0.2\nzero_given_one = 0\n[gates.rz]\n[gates.sx]\n"
                        "error = 0.5\nduration = 1\n[gates.cz]\nerror = 0.25\nduration = 4",
                        "t"})
          .value();
  const NativeCircuit circuit{
      2, {{NativeKind::sx, {0}, {}}, {NativeKind::cz, {0, 1}, {}}, {NativeKind::sx, {1}, {}}}, {1}};
  CHECK(success_probability(circuit, target) == Approx(0.5 * 0.75 * 0.5 * 0.9).epsilon(1e-14));
  CHECK(duration(circuit, target) == 6);
  CHECK(success_probability({2, {{NativeKind::x, {0}, {}}}, {}}, target) == 0);
}

TEST_CASE("what a device cannot do is refused") {
  const Circuit circuit = Circuit(3).h(0).cx(0, 1).cx(1, 2).cx(0, 2);
  const auto message = [&](const std::string& toml, const Circuit& of) {
    return compile(of, read_toml_target({toml, "t"}).value()).error().message;
  };
  const std::string gates = "\n[gates.rz]\n[gates.sx]\n[gates.cz]";
  CHECK_THAT(message("qubits = 2" + gates, circuit), Catch::Contains("3 qubits"));
  CHECK_THAT(message("qubits = 3\ndown = [1]" + gates, circuit), Catch::Contains("2 that work"));
  CHECK_THAT(message("qubits = 3\n[gates.rz]\n[gates.cz]", circuit), Catch::Contains("every rotation"));
  CHECK_THAT(message("qubits = 4\ncouplings = [[0, 1], [2, 3]]" + gates, circuit),
             Catch::Contains("no connected part"));
  CHECK_THAT(message("qubits = 3\n[gates.rz]\n[gates.sx]", circuit), Catch::Contains("no two-qubit gate"));
}

TEST_CASE("qubits without one of the gates are gone round, and a device of such qubits is refused") {
  const auto device = [](const char* down) {
    return read_toml_target(
               {"qubits = 8\ncouplings = [[0, 1], [1, 2], [2, 3], [3, 4], [4, 5], [5, 6], [6, 7], [7, 0]]\n"
                "[gates.rz]\ndown = [" +
                    std::string(down) + "]\n[gates.sx]\n[gates.x]\n[gates.cz]\nerror = 0.01\n",
                "ring"})
        .value();
  };
  RandomStream random({.seed = 23, .purpose = StreamPurpose::test});
  for (const Circuit& circuit : {make_ansatz(AnsatzKind::linear, 4, 2), make_ansatz(AnsatzKind::all_to_all, 4, 2),
                                 make_ansatz(AnsatzKind::product, 4, 1), random_circuit(4, 3, random)}) {
    const Target target = device("0, 2, 7");
    const auto compiled = compile(circuit, target);
    REQUIRE(compiled);
    CHECK(verify(circuit, *compiled, target));
    for (const char* down : {"0, 1, 2, 3, 4, 5, 6, 7", "0, 1, 2, 3, 4"})
      CHECK_THAT(compile(circuit, device(down)).error().message, Catch::Contains("that work"));
  }
  CHECK_THAT(compile(make_ansatz(AnsatzKind::all_to_all, 4, 2), device("0, 4")).error().message,
             Catch::Contains("no connected part"));
}

TEST_CASE("verification finds a wrong angle, a wrong layout and a gate that is not native") {
  const Circuit circuit = make_ansatz(AnsatzKind::ring, 4, 2);
  const Target target = small_target(gate_sets[0], 5, line);
  const Compiled compiled = compile(circuit, target).value();
  REQUIRE(verify(circuit, compiled, target));
  Compiled wrong = compiled;
  for (NativeGate& gate : wrong.circuit.gates)
    if (!gate.angles[0].is_constant()) {
      gate.angles[0] += 1e-6;
      break;
    }
  CHECK(verify(circuit, wrong, target).error().kind == ErrorKind::numeric);
  wrong = compiled;
  std::swap(wrong.circuit.measured[0], wrong.circuit.measured[1]);
  CHECK(verify(circuit, wrong, target).error().kind == ErrorKind::numeric);
  wrong = compiled;
  wrong.circuit.gates.push_back({NativeKind::cx, {0, 1}, {}});
  CHECK(verify(circuit, wrong, target).error().kind == ErrorKind::unsupported);
}

TEST_CASE("verification tries other states than |0...0> where the circuit was compiled for all") {
  const Circuit circuit = Circuit(2).cx(0, 1).rz(0, Angle::of(0));  // does nothing to |00> but for a phase
  const Target target = small_target(gate_sets[0], 3, all);
  for (const bool measured : {true, false}) {
    const CompileOptions options{.simplifications = {.start_in_zero = false, .measured_at_the_end = measured}};
    const Compiled compiled = compile(circuit, target, options).value();
    CHECK(verify(circuit, compiled, target));
    Compiled wrong = compiled;
    wrong.circuit.gates.clear();
    CHECK(verify(circuit, wrong, target).error().kind == ErrorKind::numeric);
    wrong.simplifications.start_in_zero = true;
    CHECK(verify(circuit, wrong, target));
    wrong = compiled;
    std::swap(wrong.initial_layout[0], wrong.initial_layout[1]);
    CHECK(verify(circuit, wrong, target).error().kind == ErrorKind::numeric);
  }
}

TEST_CASE("verification refuses layouts that are none or not where is measured") {
  const Circuit circuit = Circuit(2).h(0).h(1).cz(0, 1);
  const Target target = small_target(gate_sets[0], 3, all);
  const Compiled compiled = compile(circuit, target).value();
  const auto is_refused = [&](const std::vector<Qubit>& initial, const std::vector<Qubit>& final) {
    Compiled wrong = compiled;
    wrong.initial_layout = initial;
    wrong.final_layout = final;
    const auto verified = verify(circuit, wrong, target);
    return !verified && verified.error().kind == ErrorKind::numeric;
  };
  const std::vector<Qubit> layout = compiled.final_layout;
  CHECK_FALSE(is_refused(layout, layout));
  CHECK(is_refused({layout[0]}, layout));
  CHECK(is_refused({layout[0], layout[0]}, layout));
  CHECK(is_refused({layout[0], 3}, layout));
  CHECK(is_refused(layout, {layout[1], layout[0]}));
}

TEST_CASE("verification simulates what takes seconds, not more") {
  const Target target = small_target(gate_sets[0], 23, all);
  const auto verified = [&](std::size_t qubits, std::size_t depth) {
    const Circuit circuit = make_ansatz(AnsatzKind::linear, qubits, depth);
    return verify(circuit, compile(circuit, target).value(), target).value();
  };
  CHECK(verified(15, 1) == Verification::equal_distributions);
  CHECK(verified(22, 10) == Verification::checked);
  CHECK(verified(23, 1) == Verification::checked);
  const Circuit circuit = make_ansatz(AnsatzKind::brickwork, 16, 2);
  Compiled wrong = compile(circuit, target).value();
  std::swap(wrong.final_layout[14], wrong.final_layout[15]);
  wrong.circuit.measured = wrong.final_layout;
  CHECK_FALSE(verify(circuit, wrong, target));
}

TEST_CASE("what rounding makes of a deep circuit is no difference") {
  Circuit circuit(2);
  for (std::size_t i = 0; i < 5000; ++i) circuit.cx(0, 1).ry(1, Angle::of(i % 7)).rx(0, Angle::of(i % 5));
  for (const std::size_t set : {0, 5}) {
    const Target target = small_target(gate_sets[set], 2, all);
    Compiled compiled = compile(circuit, target).value();
    CHECK(verify(circuit, compiled, target));
    for (NativeGate& gate : compiled.circuit.gates)
      if (gate.kind == NativeKind::rz || gate.kind == NativeKind::gpi2) {
        gate.angles[0] += 1e-6;
        break;
      }
    CHECK_FALSE(verify(circuit, compiled, target));
  }
}

TEST_CASE("the same arguments give the same result") {
  const Target target = small_target(gate_sets[0], 5, star);
  const Circuit circuit = make_ansatz(AnsatzKind::all_to_all, 5, 2);
  CHECK(compile(circuit, target)->circuit == compile(circuit, target)->circuit);
}
