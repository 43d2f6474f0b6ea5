// Modifiers, definitions and broadcasting, against dense algebra.

#include "bornite/util/random.hpp"
#include "reading.hpp"

using namespace bornite;
using namespace bornite::test;

namespace {

/// `u` on the qubits above the lowest, where the lowest is `bit`.
Matrix controlled(const Matrix& u, int bit = 1) {
  Matrix result = Matrix::Identity(2 * u.rows(), 2 * u.rows());
  for (Eigen::Index i = 0; i < u.rows(); ++i)
    for (Eigen::Index j = 0; j < u.rows(); ++j) result(2 * i + bit, 2 * j + bit) = u(i, j);
  return result;
}

}  // namespace

TEST_CASE("controls act where they are 1, negative ones where they are 0, and come first") {
  const Matrix h = matrix_of(1, "h q[0];"), u = matrix_of(1, "U(0.3, 0.4, 0.5) q[0];");
  CHECK(distance(matrix_of(2, "ctrl @ h q[0], q[1];"), controlled(h)) < 1e-15);
  CHECK(distance(matrix_of(2, "ctrl @ U(0.3, 0.4, 0.5) q[0], q[1];"), controlled(u)) < 1e-15);
  CHECK(distance(matrix_of(2, "negctrl @ U(0.3, 0.4, 0.5) q[0], q[1];"), controlled(u, 0)) < 1e-15);
  CHECK(distance(matrix_of(4, "ctrl @ negctrl(2) @ U(0.3, 0.4, 0.5) q[0], q[1], q[2], q[3];"),
                 controlled(controlled(controlled(u, 0), 0))) < 1e-15);
  CHECK(distance(matrix_of(3, "negctrl @ ctrl @ U(0.3, 0.4, 0.5) q[0], q[1], q[2];"), controlled(controlled(u), 0)) <
        1e-15);
  CHECK(distance(matrix_of(2, "ctrl @ gphase(0.7) q[1];"), matrix_of(2, "p(0.7) q[1];")) < 1e-15);
  CHECK(distance(matrix_of(2, "negctrl @ ctrl @ gphase(0.7) q[0], q[1];"),
                 matrix_of(2, "x q[0]; cp(0.7) q[0], q[1]; x q[0];")) < 1e-15);
}

TEST_CASE("what has a name of its own is read as that") {
  const auto gates = [](std::string_view statement) {
    return program("include \"stdgates.inc\"; qubit[4] q; " + std::string(statement)).circuit;
  };
  CHECK(gates("ctrl @ x q[0], q[1];") == Circuit(4).cx(0, 1));
  CHECK(gates("ctrl @ cx q[0], q[1], q[2];") == Circuit(4).ccx(0, 1, 2));
  CHECK(gates("ctrl(2) @ x q[0], q[1], q[2];") == Circuit(4).ccx(0, 1, 2));
  CHECK(gates("inv @ sx q[0];") == Circuit(4).append({GateKind::sxdg, {0}, {}, {}}));
  CHECK(gates("ctrl @ gphase(1) q[2];") == Circuit(4).append({GateKind::global_phase, {}, {2}, Angle::constant(1)}));
  CHECK(gates("pow(2) @ rx(0.5) q[0];") == Circuit(4).rx(0, Angle::constant(1)));
}

TEST_CASE("inverses of everything undo it") {
  for (const char* call :
       {"U(0.3, 0.4, 0.5) q[0];", "cu(1, 2, 3, 4) q[0], q[2];", "sx q[1];", "t q[0];", "swap q[1], q[2];",
        "gphase(0.4);", "ctrl @ negctrl @ ry(0.3) q[2], q[0], q[1];", "pow(3) @ s q[0];", "ecr q[0], q[1];"}) {
    CAPTURE(call);
    const std::string both = std::string(call) + " inv @ " + call;
    CHECK(distance(matrix_of(3, both), Matrix::Identity(8, 8)) < 1e-15);
  }
}

TEST_CASE("whole powers repeat, negative ones repeat the inverse") {
  for (const char* call :
       {"h q[0];", "t q[0];", "sx q[0];", "rx(0.3) q[0];", "U(0.3, 0.4, 0.5) q[1];", "cu(1, 2, 3, 4) q[0], q[1];",
        "iswap q[0], q[1];", "gphase(0.4);", "ctrl @ s q[0], q[1];", "swap q[0], q[1];", "id q[0];"})
    for (const int exponent : {-9, -3, -1, 0, 1, 2, 3, 5, 8}) {
      CAPTURE(call, exponent);
      const Matrix once = exponent < 0 ? Matrix(matrix_of(2, call).adjoint()) : matrix_of(2, call);
      Matrix expected = Matrix::Identity(4, 4);
      for (int i = 0; i < std::abs(exponent); ++i) expected = once * expected;
      CHECK(distance(matrix_of(2, "pow(" + std::to_string(exponent) + ") @ " + call), expected) < 1e-14);
    }
  CHECK(distance(matrix_of("input float a; qubit q; pow(-3) @ rz(a) q;", {0.4}), matrix_of("qubit q; rz(-1.2) q;")) <
        1e-15);
}

TEST_CASE("other powers of a single gate are the principal ones") {
  for (const char* call : {"x q[0];", "y q[0];", "z q[0];", "h q[0];", "s q[0];", "sdg q[0];", "t q[0];", "tdg q[0];",
                           "sx q[0];", "sxdg q[0];", "rx(0.3) q[0];", "ry(-2) q[0];", "rz(7) q[0];", "p(4) q[0];",
                           "gphase(5);", "ctrl @ h q[1], q[0];", "negctrl @ z q[1], q[0];", "rx(40) q[0];"})
    for (const double exponent : {0.5, -0.5, 0.3, 2.25, -1.75}) {
      CAPTURE(call, exponent);
      const std::string_view text = call;
      const std::string raised =
          text.starts_with("ctrl")      ? "ctrl @ pow(" + std::to_string(exponent) + ") @ h q[1], q[0];"
          : text.starts_with("negctrl") ? "negctrl @ pow(" + std::to_string(exponent) + ") @ z q[1], q[0];"
                                        : "pow(" + std::to_string(exponent) + ") @ " + call;
      CHECK(distance(matrix_of(2, raised), power(matrix_of(2, call), exponent)) < 1e-7);
    }
  CHECK(distance(matrix_of(2, "pow(0.5) @ ctrl @ x q[0], q[1];"), matrix_of(2, "ctrl @ sx q[0], q[1];")) < 1e-15);
}

TEST_CASE("definitions mean their bodies, and every modifier acts on the whole of them") {
  const std::string head = R"(include "stdgates.inc";
const int n = 2;
const float turn = pi/3;
gate nothing a {}
gate turned(t) a, b { ry(sin(t)/2 + turn) a; gphase(t); for int i in [1:n] { cx a, b; rz(i*t) b; } nothing b; }
gate outer(t, s) a, b, c { turned(t*s) c, a; ctrl @ turned(s) a, b, c; barrier a, b; }
qubit[4] q;
)";
  const auto body = [](double t, const char* a, const char* b) {
    char text[300];
    std::snprintf(text, sizeof text, "ry(%.17g) %s; gphase(%.17g); cx %s, %s; rz(%.17g) %s; cx %s, %s; rz(%.17g) %s; ",
                  std::sin(t) / 2 + M_PI / 3, a, t, a, b, t, b, a, b, 2 * t, b);
    return std::string(text);
  };
  const Matrix turned = matrix_of(2, body(0.7, "q[0]", "q[1]"));
  const auto made = [&](std::string_view call) { return matrix_of(head + std::string(call)); };
  CHECK(distance(made("turned(0.7) q[2], q[1];"), matrix_of(4, body(0.7, "q[2]", "q[1]"))) < 1e-14);
  CHECK(distance(made("inv @ turned(0.7) q[0], q[1];"), made("turned(0.7) q[0], q[1];").adjoint()) < 1e-14);
  CHECK(distance(made("pow(2) @ turned(0.7) q[0], q[1];"), made("turned(0.7) q[0], q[1]; turned(0.7) q[0], q[1];")) <
        1e-14);
  const Matrix controlled_turned = matrix_of("include \"stdgates.inc\"; gate g a, b { " + body(0.7, "a", "b") +
                                             "} qubit[3] q; ctrl @ g q[0], q[1], q[2];");
  CHECK(distance(controlled_turned, controlled(turned)) < 1e-14);
  CHECK(distance(made("outer(0.7, 2) q[3], q[0], q[1];"),
                 made("turned(1.4) q[1], q[3]; ctrl @ turned(2) q[3], q[0], q[1];")) < 1e-14);
}

TEST_CASE("a definition is carried out with inputs as its angles where they stay sums") {
  const QasmProgram read = program(R"(input float a; input float b;
gate twice(t, s) x { rz(2*t - s) x; }
qubit q; twice(a + 1, b) q;)");
  CHECK(read.circuit == Circuit(1).rz(0, Angle::of(0, 2, 2)).rz(0, Angle::of(1, -1)));
}

TEST_CASE("a program's own gates come before those that providers have") {
  CHECK(program("include \"stdgates.inc\"; gate rzz(t) a, b { h a; } qubit[2] q; rzz(1) q[0], q[1];").circuit ==
        Circuit(2).h(0));
  CHECK(program("gate h a { U(0, 0, 0.5) a; } qubit q; h q;").circuit ==
        Circuit(1).append({GateKind::phase, {0}, {}, Angle::constant(0.5)}));
  CHECK(program("OPENQASM 2.0; include \"qelib1.inc\"; gate h a { x a; } qreg q[1]; h q;").circuit == Circuit(1).x(0));
}

TEST_CASE("a body sees the constants from before its definition and nothing of its caller") {
  CHECK(program(R"(const int n = 1; const float t = 0.5;
gate g a { for int i in [1:n] rx(t) a; }
qubit q;
for int k in [0:1] { const int n = 3; const float t = 2; float x = t; g q; })")
            .circuit == Circuit(1).rx(0, Angle::constant(0.5)).rx(0, Angle::constant(0.5)));
}

TEST_CASE("gates on registers are carried out element by element") {
  const auto gates = [](std::string_view statement) {
    return program("include \"stdgates.inc\"; qubit[3] q; qubit[3] r; qubit s; " + std::string(statement)).circuit;
  };
  CHECK(gates("h q;") == Circuit(7).h(0).h(1).h(2));
  CHECK(gates("cx q, r;") == Circuit(7).cx(0, 3).cx(1, 4).cx(2, 5));
  CHECK(gates("cx s, r;") == Circuit(7).cx(6, 3).cx(6, 4).cx(6, 5));
  CHECK(gates("ctrl @ x q, r[0];") == Circuit(7).cx(0, 3).cx(1, 3).cx(2, 3));
  CHECK(gates("cx q[0:1], r[{2, 0}];") == Circuit(7).cx(0, 5).cx(1, 3));
  CHECK(gates("gate g a, b { cx b, a; } g q, r;") == Circuit(7).cx(3, 0).cx(4, 1).cx(5, 2));
}
