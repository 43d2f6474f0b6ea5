// Flat programs: registers, measurements, OpenQASM 2, and what is kept.

#include "reading.hpp"

using namespace bornite;
using namespace bornite::test;

TEST_CASE("a flat program is read gate by gate") {
  const QasmProgram read = program(R"(OPENQASM 3.1;
include "stdgates.inc";
// a comment
input float[64] theta; input angle[32] phi;
qubit[2] q; qubit extra; /* another
comment */ bit[2] c;
h q[0];
cx q[0], extra;
rz(2*theta + pi/2) q[1];
ry(-phi) q[-1];
c = measure q;
)");
  Circuit expected(3);
  expected.h(0).cx(0, 2).rz(1, Angle::of(0, 2, M_PI / 2)).ry(1, Angle::of(1, -1));
  CHECK(read.circuit == expected);
  CHECK(read.inputs == std::vector<std::string>{"theta", "phi"});
  CHECK(read.qubit_registers == std::vector<QasmRegister>{{"q", 0, 2}, {"extra", 2, 1}});
  CHECK(read.bit_registers == std::vector<QasmRegister>{{"c", 0, 2}});
  CHECK(read.measured == std::vector<Qubit>{0, 1});
  CHECK(read.measured_bits == std::vector<std::size_t>{0, 1});
}

TEST_CASE("measurements are ordered by the bits that they go to") {
  const QasmProgram read = program(R"(qubit[4] q; bit a; bit[3] c; creg old[2];
c[2] = measure q[0]; measure q[3] -> a; old[1] = measure q[1]; measure q[2];)");
  CHECK(read.measured == std::vector<Qubit>{3, 0, 1, 2});
  CHECK(read.measured_bits == std::vector<std::size_t>{0, 3, 5, 6});
  CHECK(program("qubit[2] q; bit[2] c = measure q;").measured == std::vector<Qubit>{0, 1});
  CHECK(program("qubit[2] q; bit[2] c; c[{1, 0}] = measure q;").measured == std::vector<Qubit>{1, 0});
  CHECK(program("qubit[2] q; h q;").measured.empty());
  CHECK(program("qubit[3] q; output bit[3] c; for int i in [0:2] c[i] = measure q[2 - i];").measured ==
        std::vector<Qubit>{2, 1, 0});
}

TEST_CASE("physical qubits are numbered as they are written") {
  const QasmProgram read = program("OPENQASM 3.0; bit[2] c; sx $3; cz $3, $1; c[0] = measure $3; c[1] = measure $1;");
  CHECK(read.circuit == Circuit(4).append({GateKind::sx, {3}, {}, {}}).cz(3, 1));
  CHECK(read.measured == std::vector<Qubit>{3, 1});
  CHECK(read.qubit_registers.empty());
}

TEST_CASE("OpenQASM 2 programs are read with their own arithmetic") {
  const QasmProgram read = program(R"(OPENQASM 2.0;
include "qelib1.inc";
gate mine(a, b) x, y { rz(a/2) x; cx x, y; u1(b^2) y; barrier x; }
qreg q[2];
creg c[2];
mine(1/2*pi, 3) q[0], q[1];
rx(sin(pi/2) + ln(1)) q;
barrier q;
measure q -> c;
)");
  Circuit expected(2);
  expected.rz(0, Angle::constant(M_PI / 4)).cx(0, 1).append({GateKind::phase, {1}, {}, Angle::constant(9)});
  expected.rx(0, Angle::constant(1)).rx(1, Angle::constant(1));
  CHECK(read.circuit == expected);
  CHECK(read.measured == std::vector<Qubit>{0, 1});
}

TEST_CASE("resets at the start, barriers, delays and annotations change nothing") {
  CHECK(program(R"(include "stdgates.inc";
qubit[2] q;
reset q; reset q[0];
@openqasm.something with words { ; "
h q[0];
barrier q; barrier; barrier q[0], q[1];
delay[100ns] q[0]; delay[2 * (3 dt)] q;
x q[1];
)")
            .circuit == Circuit(2).h(0).x(1));
}

TEST_CASE("pragmas are kept, and boxes are blocks") {
  const QasmProgram read = program(
      "bit[1] c;\n#pragma braket verbatim\nbox {\n  prx(1.5, 0) $0;\n}\n"
      "pragma other.thing  a b \nc[0] = measure $0;\n");
  CHECK(read.pragmas == std::vector<std::string>{"braket verbatim", "other.thing  a b"});
  CHECK(read.circuit == Circuit(1).rx(0, Angle::constant(1.5)));
  CHECK(program("qubit q; box[100ns] { x q; }").circuit == Circuit(1).x(0));
}

TEST_CASE("an angle that depends on several inputs becomes several rotations") {
  const QasmProgram read = program("input float a; input float b; qubit q; rz(a - 2*b + 0.5) q;");
  CHECK(read.circuit == Circuit(1).rz(0, Angle::of(0, 1, 0.5)).rz(0, Angle::of(1, -2)));
}

TEST_CASE("names may have any letters, and a byte order mark is skipped") {
  const QasmProgram read = program("\xEF\xBB\xBFinput float \u03B8; qubit \u0444; rx(\u03B8*\u03C0/\u03C4) \u0444;");
  CHECK(read.inputs == std::vector<std::string>{"\u03B8"});
  CHECK(read.circuit == Circuit(1).rx(0, Angle::of(0, 0.5)));
}

TEST_CASE("a file that is not there is told") {
  const Result<QasmProgram> read = load_qasm("/nowhere/at/all.qasm");
  REQUIRE_FALSE(read);
  CHECK(read.error().kind == ErrorKind::io);
}
