#include "bornite/qasm/writer.hpp"

#include "bornite/circuit/ansatz.hpp"
#include "catch.hpp"

#include <numbers>

using namespace bornite;

namespace {

QasmWriter written(const auto& circuit, std::string_view dialect) {
  return QasmWriter::create(circuit, builtin_dialect(dialect).value()).value();
}

Circuit example() {
  Circuit circuit(3);
  circuit.ry(0, Angle::of(0)).rz(1, Angle::of(1, -2.0, 0.5)).cx(0, 1).append({GateKind::sdg, {2}, {}, {}});
  circuit.append({GateKind::h, {2}, {0, 1}, {}}).append({GateKind::global_phase, {}, {}, Angle::constant(1)});
  return circuit.append({GateKind::sxdg, {1}, {}, {}});
}

}  // namespace

TEST_CASE("the standard dialect writes every gate, with modifiers where its library has no name") {
  CHECK(*written(example(), "standard").parametric() ==
        "OPENQASM 3.0;\n"
        "include \"stdgates.inc\";\n"
        "input float[64] theta_0;\n"
        "input float[64] theta_1;\n"
        "qubit[3] q;\n"
        "bit[3] c;\n"
        "ry(theta_0) q[0];\n"
        "rz(-2.0*theta_1+0.5) q[1];\n"
        "cx q[0], q[1];\n"
        "sdg q[2];\n"
        "ctrl(2) @ h q[0], q[1], q[2];\n"
        "gphase(1.0);\n"
        "inv @ sx q[1];\n"
        "c = measure q;\n");
}

TEST_CASE("bound programs carry the shortest numbers that read back as the same doubles") {
  const QasmWriter writer = written(example(), "standard");
  const std::vector<double> theta{1.0 / 3, -1e-17};
  const std::string text = writer.bound(theta);
  CHECK(text.find("input") == std::string::npos);
  CHECK(text.find("ry(0.3333333333333333) q[0];") != std::string::npos);
  CHECK(text.find("rz(0.5) q[1];") != std::string::npos);
  CHECK(written(Circuit(1).rx(0, Angle::of(0)), "ionq").bound(std::vector{3e-300}).find("rx(3e-300) q[0];") !=
        std::string::npos);
  CHECK(written(Circuit(1).rx(0, Angle::of(0)), "ionq").bound(std::vector{-2.0}).find("rx(-2.0) q[0];") !=
        std::string::npos);
}

TEST_CASE("braket has no include line, names of its own, and measures bit by bit") {
  CHECK(*written(Circuit(2).ry(0, Angle::of(0)).cx(0, 1), "braket").parametric() ==
        "OPENQASM 3.0;\n"
        "input float theta_0;\n"
        "qubit[2] q;\n"
        "bit[2] c;\n"
        "ry(theta_0) q[0];\n"
        "cnot q[0], q[1];\n"
        "c[0] = measure q[0];\n"
        "c[1] = measure q[1];\n");
}

TEST_CASE("a native circuit for braket stands in a verbatim box on physical qubits") {
  const NativeCircuit circuit{
      9, {{NativeKind::prx, {7}, {Angle::of(0), AngleSum(0.25)}}, {NativeKind::cz, {7, 2}, {}}}, {7, 2}};
  CHECK(written(circuit, "braket").bound(std::vector{1.5}) ==
        "OPENQASM 3.0;\n"
        "bit[2] c;\n"
        "#pragma braket verbatim\n"
        "box {\n"
        "prx(1.5, 0.25) $7;\n"
        "cz $7, $2;\n"
        "}\n"
        "c[0] = measure $7;\n"
        "c[1] = measure $2;\n");
}

TEST_CASE("ibm takes each distinct angle as an input, in the order of their names") {
  NativeCircuit circuit{156, {}, {5, 3}};
  const AngleSum sum = AngleSum(Angle::of(1, 1.0, std::numbers::pi)) + Angle::of(0);
  circuit.gates = {{NativeKind::rz, {5}, {sum}},
                   {NativeKind::sx, {5}, {}},
                   {NativeKind::rzz, {5, 3}, {Angle::of(0)}},
                   {NativeKind::rz, {3}, {sum}},
                   {NativeKind::rz, {3}, {0.5}}};
  const QasmWriter writer = written(circuit, "ibm");
  CHECK(*writer.parametric() ==
        "OPENQASM 3.0;\n"
        "include \"stdgates.inc\";\n"
        "input float[64] theta_0;\n"
        "input float[64] theta_1;\n"
        "gate rzz(theta) a, b { cx a, b; rz(theta) b; cx a, b; }\n"
        "bit[2] c;\n"
        "rz(theta_0) $5;\n"
        "sx $5;\n"
        "rzz(theta_1) $5, $3;\n"
        "rz(theta_0) $3;\n"
        "rz(0.5) $3;\n"
        "c[0] = measure $5;\n"
        "c[1] = measure $3;\n");
  const std::vector<double> theta{0.25, 2.0};
  CHECK(writer.input_values(theta) == std::vector{2.25 + std::numbers::pi, 0.25});
}

TEST_CASE("names of inputs are padded, so that their order is that of their declaration") {
  const QasmWriter writer = written(make_ansatz(AnsatzKind::brickwork, 4, 15), "standard");
  const std::vector<std::string> names = writer.input_names();
  REQUIRE(names.size() == 120);
  CHECK(names[7] == "theta_007");
  CHECK(names[119] == "theta_119");
  CHECK(std::ranges::is_sorted(names));
}

TEST_CASE("a gate that a dialect does not have is refused by name and place") {
  const auto refused = QasmWriter::create(example(), builtin_dialect("ionq").value());
  REQUIRE_FALSE(refused);
  CHECK(refused.error().kind == ErrorKind::unsupported);
  CHECK(refused.error().message == "The dialect ionq of OpenQASM has no gate for cch, which is gate 5 of the circuit.");
  const NativeCircuit native{2, {{NativeKind::gpi, {0}, {0.5}}}, {0, 1}};
  CHECK(QasmWriter::create(native, builtin_dialect("ibm").value()).error().message.find("gpi") != std::string::npos);
  CHECK(written(Circuit(1).rx(0, Angle::of(0)), "ionq").parametric().error().message.find("no inputs") !=
        std::string::npos);
}
