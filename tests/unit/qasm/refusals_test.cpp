// What is refused: by name, at its place, and with a hint of what is supported.

#include <array>

#include "reading.hpp"

using namespace bornite;
using namespace bornite::test;

namespace {

struct Case {
  std::string_view text;
  std::string_view message;  ///< begins so
};

void check(const Case& one, ErrorKind kind) {
  CAPTURE(one.text);
  const Result<QasmProgram> read = read_qasm(one.text, "f");
  REQUIRE_FALSE(read);
  CHECK(read.error().kind == kind);
  CHECK(read.error().message.substr(0, one.message.size()) == one.message);
  if (kind == ErrorKind::unsupported) CHECK_FALSE(read.error().hint.empty());
}

}  // namespace

TEST_CASE("an error shows the line and points at the place") {
  const Result<QasmProgram> read = read_qasm("qubit q;\nint i = 0;\n  while (i < 3) { x q; }\n", "loop.qasm");
  REQUIRE_FALSE(read);
  CHECK(read.error().message ==
        "loop.qasm:3:3: \"while\" is not supported.\n"
        "    while (i < 3) { x q; }\n"
        "    ^^^^^");
  CHECK(read.error().hint == "Loops whose number is known are unrolled, as in \"for int i in [0:9]\".");
}

TEST_CASE("what lies outside the subset is refused by name") {
  for (const Case& one : std::to_array<Case>({
           {"qubit q; while (true) {}", "f:1:10: \"while\" is not supported."},
           {"def f(qubit q) { x q; }", "f:1:1: \"def\" is not supported."},
           {"extern f(int) -> int;", "f:1:1: \"extern\" is not supported."},
           {"cal { }", "f:1:1: \"cal\" is not supported."},
           {"defcal x $0 { }", "f:1:1: \"defcal\" is not supported."},
           {"defcalgrammar \"openpulse\";", "f:1:1: \"defcalgrammar\" is not supported."},
           {"switch (1) { case 1 { } }", "f:1:1: \"switch\" is not supported."},
           {"qubit q; end;", "f:1:10: \"end\" is not supported."},
           {"for int i in [0:1] { break; }", "f:1:22: \"break\" is not supported."},
           {"for int i in [0:1] { continue; }", "f:1:22: \"continue\" is not supported."},
           {"array[int, 2] a = {1, 2};", "f:1:1: \"array\" is not supported."},
           {"complex[float] c = 1;", "f:1:1: \"complex\" is not supported."},
           {"const complex c = 2im;", "f:1:7: \"complex\" is not supported."},
           {"duration d = 3ns;", "f:1:1: \"duration\" is not supported."},
           {"stretch s;", "f:1:1: \"stretch\" is not supported."},
           {"OPENQASM 2.0; opaque g a;", "f:1:15: \"opaque\" is not supported."},
           {"OPENQASM 4.0;", "f:1:10: OpenQASM 4.0 is not supported."},
           {"include \"other.inc\";", "f:1:9: Including other files than"},
           {"input int n;", "f:1:7: An input that is neither float nor angle is not supported."},
           {"input array[float, 2] a;", "f:1:7: An input that is neither"},
           {"output float x;", "f:1:8: An output that is not bits is not supported."},
           {"const float x = 2im;", "f:1:17: A complex number is not supported."},
           {"qubit q; bit c; c = measure q; if (c) x q;",
            "f:1:36: Using \"c\", which only measurements give, is not supported."},
           {"qubit q; bit c; c = measure q; x q;", "f:1:34: Using qubit 0 after its measurement is not supported."},
           {"qubit q; bit c; c = measure q; measure q;", "f:1:40: Using qubit 0 after its measurement"},
           {"qubit q; x q; reset q;", "f:1:15: Resetting qubit 0 after its first use is not supported."},
           {"qubit q; x $0;", "f:1:12: A physical qubit beside declared ones is not supported."},
           {"x $0; qubit q;", "f:1:7: Declaring qubits beside physical ones is not supported."},
           {"qubit q; bit c; c = 1;", "f:1:17: Setting classical bits otherwise than by a measurement"},
           {"int i = 0; i[1] = 1;", "f:1:13: Setting single bits of a variable is not supported."},
           {"qubit q; input float a; rx(sin(a)) q;", "f:1:28: This needs a known number; it depends on an input."},
           {"qubit q; input float a; input float b; rx(a*b) q;", "f:1:44: A product of two inputs is not supported."},
           {"qubit q; input float a; rx(1/a) q;", "f:1:29: This needs a known number"},
           {"input float a; if (a > 0) {}", "f:1:22: This needs a known number"},
           {"qubit q; f(3);", "f:1:10: There is no gate named \"f\" here."},
           {"const float x = f(3);", "f:1:17: The function \"f\" is not supported."},
           {"qubit[2] q; pow(0.5) @ iswap q[0], q[1];",
            "f:1:13: A power that is not whole of several gates is not supported."},
           {"qubit q; input float a; pow(0.5) @ rx(a) q;", "f:1:25: A power that is not whole of an input's angle"},
           {"qubit q;\n#pragma braket noise bit_flip(0.1) q\n", "f:2:2: \"pragma braket noise\" is not supported."},
           {"bit[64] b = \"1\";", "f:1:13: A value of more than 63 bits is not supported."},
           {"bit[2] b; for bit i in b {}", "f:1:11: A loop over anything but a range or a set is not supported."},
       }))
    check(one, one.text.find("f(3);") == 9 ? ErrorKind::input : ErrorKind::unsupported);
}

TEST_CASE("mistakes are told at their place") {
  for (const Case& one : std::to_array<Case>({
           {"", "f:1:1: The program has no qubits."},
           {"qubit q", "f:1:8: \";\" is expected here, but the text ends."},
           {"qubit q; h q", "f:1:13: \";\" is expected here, but the text ends."},
           {"qubit q; h r;", "f:1:12: \"r\" is no register of qubits or bits here."},
           {"qubit q; h 3;", "f:1:12: A qubit is expected here, not 3."},
           {"qubit q; bit c; h c;", "f:1:19: \"c\" is classical; a qubit is expected here."},
           {"qubit q; hh q;", "f:1:10: There is no gate named \"hh\" here."},
           {"qubit[2] q; h q[2];", "f:1:17: There is no element 2: the register has 2, numbered 0 to 1."},
           {"qubit[2] q; h q[-3];", "f:1:17: There is no element -3"},
           {"qubit[2] q; h q[1:0];", "f:1:17: The range 1:1:0 is empty."},
           {"qubit[2] q; h q[0:0:1];", "f:1:20: A range cannot go in steps of 0."},
           {"qubit[2] q; h q[0.5];", "f:1:17: This must be an integer."},
           {"qubit q; h q[0];", "f:1:13: \"q\" is no register and has no index."},
           {"qubit[2] q; cx q[0], q[0];", "f:1:13: The gate \"cx\" is given the same qubit twice."},
           {"qubit[2] q; cx q, q[1];", "f:1:13: The gate \"cx\" is given the same qubit twice."},
           {"qubit[2] q; cx q[0];", "f:1:13: The gate \"cx\" takes 2 qubits, not 1."},
           {"qubit[2] q; ctrl @ cx q[0], q[1];", "f:1:20: The gate \"cx\" takes 3 qubits with its controls, not 2."},
           {"qubit q; rx q;", "f:1:10: The gate \"rx\" takes 1 angle, not 0."},
           {"qubit q; h(1) q;", "f:1:10: The gate \"h\" takes 0 angles, not 1."},
           {"qubit[2] q; qubit[3] r; cx q, r;", "f:1:31: \"r\" stands for 3 qubits and another operand for 2."},
           {"qubit q;\nqubit q;", "f:2:7: \"q\" is declared already, in line 1."},
           {"int for = 3;", "f:1:5: \"for\" is a word of the language and cannot be a name."},
           {"qubit[0] q;", "f:1:7: The size of a register is 0; it must be between 1 and 1000000."},
           {"const int n = 2.5; int[n] x; int y = m;", "f:1:38: There is no value named \"m\" here."},
           {"const int n = 1/0;", "f:1:16: This divides by zero."},
           {"const float n = 1/0.0;", "f:1:18: This divides by zero."},
           {"const float n = log(0);", "f:1:17: log(0) is not a finite number."},
           {"const int n = 9223372036854775807 + 1;", "f:1:35: The result does not fit in an integer of 64 bits."},
           {"const int n = 9223372036854775808;", "f:1:15: This number does not fit in an integer of 64 bits."},
           {"const int n = -9223372036854775807 - 2;", "f:1:36: The result does not fit"},
           {"const int n = 10 ** 19;", "f:1:18: The result does not fit"},
           {"const int n = 1 << 63;", "f:1:17: The result does not fit"},
           {"const int n = int(1e300);", "f:1:15: 1e+300 does not fit in an integer of 64 bits."},
           {"const float x = 1e999;", "f:1:17: This number is too large or too small for a double."},
           {"const float x = 1e308 * 10.0;", "f:1:23: The result is not a finite number."},
           {"const uint[4] x = 16;", "f:1:19: 16 does not fit: the type holds 0 to 15."},
           {"const int[4] x = -9;", "f:1:18: -9 does not fit: the type holds -8 to 7."},
           {"const bit[3] b = \"0101\";", "f:1:18: 4 bits cannot become 3 bits."},
           {"const bit b = \"\";", "f:1:15: Bits in quotes are 0s and 1s."},
           {"const int n = 1; n = 2;", "f:1:18: \"n\" cannot be assigned to."},
           {"n = 2;", "f:1:1: \"n\" is not declared here."},
           {"int n; int m = n;", "f:1:16: \"n\" has no value yet."},
           {"int n; n += 2;", "f:1:8: \"n\" has no value yet."},
           {"qubit q; rx(q) q;", "f:1:13: \"q\" is a qubit or a register of qubits, not a value."},
           {"qubit q; rx(1e200) q;", "f:1:13: This angle is too large."},
           {"qubit q; rx() q;", "f:1:10: The gate \"rx\" takes 1 angle, not 0."},
           {"qubit q; rx(1 q;", "f:1:15: \")\" is expected here, not q."},
           {"gate g a { g a; }", "f:1:12: A gate cannot call itself."},
           {"gate g a { h b; }", "f:1:14: \"b\" is no register of qubits or bits here."},
           {"gate g a { h a[0]; }", "f:1:15: \"a\" is no register and has no index."},
           {"gate g a { h $0; }", "f:1:14: A physical qubit cannot stand in the body of a gate."},
           {"gate g a { measure a; }", "f:1:12: \"measure\" cannot stand in the body of a gate."},
           {"gate g a { reset a; }", "f:1:12: \"reset\" cannot stand in the body of a gate."},
           {"gate g a { qubit b; }", "f:1:12: A declaration of qubits cannot stand in the body of a gate."},
           {"gate g a { int b; }", "f:1:12: A variable cannot stand in the body of a gate."},
           {"gate g a { if (true) h a; }", "f:1:12: \"if\" cannot stand in the body of a gate."},
           {"gate g a, a { }", "f:1:11: \"a\" is declared already, in line 1."},
           {"gate g { }", "f:1:8: A qubit is expected here, not {."},
           {"gate g(t) a { for int i in [0:t] h a; }", "f:1:31: This must be known when the gate is defined"},
           {"int n = 1; gate g a { rx(n) a; }", "f:1:26: There is no value named \"n\" here."},
           {"gate g a { } gate g a { }", "f:1:19: The gate \"g\" is defined already, in line 1."},
           {"gate U a { }", "f:1:6: The gate \"U\" is defined already, by the language."},
           {"include \"stdgates.inc\"; gate h a { }", "f:1:30: The gate \"h\" is defined already, by stdgates.inc."},
           {"gate g a { h a;", "f:1:10: This brace is never closed."},
           {"gate g a { later a; } gate later a { }", "f:1:12: There is no gate named \"later\" here."},
           {"for int i in [0:1] { qubit q; }", "f:1:22: A declaration of qubits cannot stand in a block or a loop."},
           {"for i in [0:1] { }", "f:1:5: The type of the loop's variable"},
           {"for int i of [0:1] { }", "f:1:11: \"in\" is expected here, not of."},
           {"if (true { }", "f:1:10: \")\" is expected here, not {."},
           {"qubit[2] q; bit[3] c; c = measure q;", "f:1:23: 2 qubits cannot be measured into 3 bits."},
           {"qubit q; qubit r; measure q -> r;", "f:1:32: \"r\" are no classical bits."},
           {"OPENQASM 2.0; qreg q[2]; ctrl @ x q[0], q[1];", "f:1:26: Modifiers of gates belong to OpenQASM 3"},
           {"qubit q; OPENQASM 3.0;", "f:1:10: The version stands in the first statement or not at all."},
           {"qubit q; ctrl(0) @ x q;", "f:1:15: A gate cannot have 0 controls."},
           {"qubit q; ctrl x q;", "f:1:15: \"@\" is expected here, not x."},
           {"qubit q; /* never closed", "f:1:10: This comment has no end."},
           {"include \"stdgates.inc;\n", "f:1:9: This string has no end."},
           {"qubit q; x $;", "f:1:12: A physical qubit is written as $ and its number"},
           {"qubit q; ?", "f:1:10: This character has no meaning here."},
           {"qubit \xff;", "f:1:7: This is not UTF-8."},
           {"qubit q; rx(0x) q;", "f:1:13: This is not a number."},
           {"qubit q; rx(0b12) q;", "f:1:13: This is not a number."},
           {"}", "f:1:1: A statement is expected here, not }."},
           {"else", "f:1:1: A statement is expected here, not else."},
           {"# pragmatic", "f:1:3: \"pragma\" is expected here, not pragmatic."},
           {"qubit q; sin(1) q;", "f:1:10: There is no gate named \"sin\" here."},
       }))
    check(one, ErrorKind::input);
}

TEST_CASE("a mistake that only a call brings out is told with the call") {
  CHECK(refusal("gate g(t) a {\n  rx(log(t)) a;\n}\nqubit q;\ng(0) q;\n") ==
        "test.qasm:2:6: log(0) is not a finite number.\n"
        "    rx(log(t)) a;\n"
        "       ^^^\n"
        "  in the gate \"g\", called in line 5");
}
