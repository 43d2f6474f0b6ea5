// What expressions are worth, slices, aliases, variables and unrolling.

#include <map>

#include "reading.hpp"

using namespace bornite;
using namespace bornite::test;

namespace {

/// The value of an expression, as the angle of a rotation.
double value(const std::string& expression, const std::string& head = "") {
  const QasmProgram read = program(head + "qubit bornite_q; rx(" + expression + ") bornite_q;");
  REQUIRE(read.circuit.gates().size() == 1);
  return read.circuit.gates()[0].angle.offset;
}

/// The qubits that a statement puts an x on, of six: q[0..3], r[0..1].
std::vector<Qubit> touched(const std::string& statements) {
  std::vector<Qubit> qubits;
  const QasmProgram read = program("qubit[4] q; qubit[2] r; " + statements);
  for (const Gate& gate : read.circuit.gates()) qubits.push_back(gate.targets[0]);
  return qubits;
}
using Qubits = std::vector<Qubit>;

}  // namespace

TEST_CASE("literals of every form are read exactly") {
  const std::map<std::string, double> literals{{"1", 1},           {"1_000", 1000},
                                               {"0xfF", 255},      {"0X10", 16},
                                               {"0b1_01", 5},      {"0o17", 15},
                                               {"1.5", 1.5},       {".25", 0.25},
                                               {"2.", 2},          {"1e3", 1000},
                                               {"2.5E-1", 0.25},   {"1_0.5e+1_0", 10.5e10},
                                               {".5e1", 5},        {"true", 1},
                                               {"false", 0},       {"0.1", 0.1},
                                               {"1e-300", 1e-300}, {"0.30000000000000004", 0.1 + 0.2},
                                               {"pi", M_PI},       {"\u03C0", M_PI},
                                               {"tau", 2 * M_PI},  {"\u03C4", 2 * M_PI},
                                               {"euler", M_E},     {"\u2107", M_E}};
  for (const auto& [text, expected] : literals) {
    CAPTURE(text);
    CHECK(value(text) == expected);
  }
}

TEST_CASE("operators bind and associate as the language says") {
  const std::map<std::string, double> expressions{
      {"1 + 2 * 3", 7},      {"(1 + 2) * 3", 9},    {"2 ** 3 ** 2", 512}, {"-2 ** 2", -4},
      {"2 ** -1", 0.5},      {"10 - 4 - 3", 3},     {"16 / 4 / 2", 2},    {"7 / 2", 3},
      {"-7 / 2", -3},        {"7 / 2.0", 3.5},      {"7 % 3", 1},         {"7.5 % 2", 1.5},
      {"1 << 3 + 1", 16},    {"6 & 3 | 8", 10},     {"6 ^ 3", 5},         {"1 < 2 == true", 1},
      {"!false && true", 1}, {"false || 3 > 2", 1}, {"- - 3", 3},         {"3 - -2", 5},
      {"5 >= 5", 1},         {"5 != 5", 0},         {"20 >> 2", 5},       {"2 * pi / 4", M_PI / 2},
      {"-pi", -M_PI}};
  for (const auto& [text, expected] : expressions) {
    CAPTURE(text);
    CHECK(value(text) == expected);
  }
}

TEST_CASE("functions are the mathematical ones") {
  const std::map<std::string, double> expressions{{"sin(1)", std::sin(1)},
                                                  {"cos(1)", std::cos(1)},
                                                  {"tan(1)", std::tan(1)},
                                                  {"arcsin(0.3)", std::asin(0.3)},
                                                  {"arccos(0.3)", std::acos(0.3)},
                                                  {"arctan(3)", std::atan(3)},
                                                  {"exp(1.5)", std::exp(1.5)},
                                                  {"log(2)", std::log(2)},
                                                  {"sqrt(2)", std::sqrt(2)},
                                                  {"floor(-1.5)", -2},
                                                  {"ceiling(1.2)", 2},
                                                  {"mod(7, 3)", 1},
                                                  {"mod(7.5, 2)", 1.5},
                                                  {"pow(2, 10)", 1024},
                                                  {"popcount(\"01_101\")", 3},
                                                  {"int(rotl(\"0011\", 3))", 9},
                                                  {"int(rotr(\"0011\", 1))", 9},
                                                  {"int(rotl(\"0011\", -1))", 9}};
  for (const auto& [text, expected] : expressions) {
    CAPTURE(text);
    CHECK(value(text) == expected);
  }
}

TEST_CASE("casts and types cut and wrap as they should") {
  CHECK(value("int(2.9)") == 2);
  CHECK(value("int(-2.9)") == -2);
  CHECK(value("float(3) / 2") == 1.5);
  CHECK(value("bool(5)") == 1);
  CHECK(value("int(~\"0101\")") == 10);
  CHECK(value("~uint[4](5)") == 10);
  CHECK(value("uint[4](11)[3] + uint[4](11)[2]") == 1);
  CHECK(value("float[32](0.1)") == static_cast<double>(0.1F));
  CHECK(value("a", "const angle[4] a = 7*(pi/8); ") == Approx(7 * M_PI / 8).epsilon(1e-15));
  CHECK(value("a", "const angle[2] a = 0.9*pi/2; ") == Approx(M_PI / 2).epsilon(1e-15));
  CHECK(value("-a", "const angle[4] a = pi/4; ") == Approx(7 * M_PI / 4).epsilon(1e-15));
  CHECK(value("b / a", "const angle[4] a = pi/8; const angle[4] b = 5*(pi/4); ") == 10);
  CHECK(value("a[0] + 2*a[3]", "const bit[4] a = \"1010\"; ") == 2);
}

TEST_CASE("constants and variables keep their values until they are assigned") {
  CHECK(value("a * b", "const int a = 3; const float b = a / 2.0; ") == 4.5);
  CHECK(value("a", "int[8] a = 3; a += 4; a *= 2; a -= 1; a /= 2; a **= 2; a %= 10; a <<= 2; ") == 24);
  CHECK(value("a", "float a; a = 2; a /= 4; ") == 0.5);
  CHECK(value("sum", "int sum = 0; for int i in [1:4] { for uint j in {10, 20} sum += i * j; } ") == 300);
  CHECK(value("n", "int n = 1; if (n == 1) { int n = 5; n = 6; } ") == 1);
}

TEST_CASE("registers are sliced by indices, ranges and sets, from either end") {
  CHECK(touched("x q;") == Qubits{0, 1, 2, 3});
  CHECK(touched("x q[-1];") == Qubits{3});
  CHECK(touched("x q[1:2];") == Qubits{1, 2});
  CHECK(touched("x q[0:2:3];") == Qubits{0, 2});
  CHECK(touched("x q[3:-1:1];") == Qubits{3, 2, 1});
  CHECK(touched("x q[-2:-1];") == Qubits{2, 3});
  CHECK(touched("x q[:1];") == Qubits{0, 1});
  CHECK(touched("x q[2:];") == Qubits{2, 3});
  CHECK(touched("x q[{3, 0, -2}];") == Qubits{3, 0, 2});
  CHECK(touched("x q[1:3][{2, 0}][1];") == Qubits{1});
  CHECK(touched("x q[0:2:2];") == Qubits{0, 2});
}

TEST_CASE("aliases stand for what they were made of") {
  CHECK(touched("let a = q[1:2] ++ r; x a;") == Qubits{1, 2, 4, 5});
}

TEST_CASE("loops and branches over constants are unrolled") {
  CHECK(touched("for int i in [0:2] x q[i];") == Qubits{0, 1, 2});
  CHECK(touched("for int i in [3:-2:0] { x q[i]; x r[i / 2]; }") == Qubits{3, 5, 1, 4});
  CHECK(touched("for uint i in {2, 0, 3} x q[i];") == Qubits{2, 0, 3});
  CHECK(touched("for int i in [1:0] { while (true) x q; } x q[1];") == Qubits{1});
  CHECK(touched("for int i in [0:3] if (i % 2 == 1) x q[i]; else if (i == 2) x r;") == Qubits{1, 4, 5, 3});
  CHECK(touched("if (false) { x q[9]; def } else x q[0];") == Qubits{0});
  CHECK(touched("if (false) for int i in [0:3] { x q[{i, 9}]; } x r[1];") == Qubits{5});
  CHECK(touched("if (true) x q[0]; else { nonsense; } { x q[1]; { x q[2]; } }") == Qubits{0, 1, 2});
  CHECK(touched("const uint[4] a = 0b0101; for uint i in [0:3] { if (bool(a[i])) x q[i]; }") == Qubits{0, 2});
  CHECK(touched("bit[4] b = \"1000\"; if (b[3] == 1) x q[0]; if (b[0]) x q[1];") == Qubits{0});
  CHECK(touched("for float t in {0.5, 1.5} rx(t) q[0];") == Qubits{0, 0});
}
