// Every gate that is built in, against its matrix as the language, stdgates.inc's text or the provider defines it.

#include <fmt/format.h>

#include <functional>
#include <map>

#include "bornite/util/random.hpp"
#include "reading.hpp"

using namespace bornite;
using namespace bornite::test;
using namespace std::complex_literals;

namespace {

const Matrix one = Matrix::Identity(2, 2);
const Matrix pauli_x = (Matrix(2, 2) << 0, 1, 1, 0).finished();
const Matrix pauli_y = (Matrix(2, 2) << 0, -1i, 1i, 0).finished();
const Matrix pauli_z = (Matrix(2, 2) << 1, 0, 0, -1).finished();
const Matrix hadamard = (Matrix(2, 2) << 1, 1, 1, -1).finished() / std::sqrt(2.0);

Matrix root_of_x() {
  const std::complex<double> a = std::polar(std::sqrt(0.5), M_PI / 4), b = std::conj(a);
  return (Matrix(2, 2) << a, b, b, a).finished();
}

Matrix phase(double t) { return (Matrix(2, 2) << 1, 0, 0, std::polar(1.0, t)).finished(); }
Matrix rotation(double t, const Matrix& pauli) { return exponential(-0.5i * t * pauli); }
Matrix equator(double t) { return std::cos(t) * pauli_x + std::sin(t) * pauli_y; }

/// The first operand is the lowest bit.
Matrix both(const Matrix& first, const Matrix& second) { return kronecker(second, first); }

/// The specification's U.
Matrix universal(double t, double p, double l) {
  const std::complex<double> e = std::polar(1.0, t), ep = std::polar(1.0, p), el = std::polar(1.0, l);
  return 0.5 * (Matrix(2, 2) << 1.0 + e, -1i * el * (1.0 - e), 1i * ep * (1.0 - e), ep * el * (1.0 + e)).finished();
}

/// The first operand controls.
Matrix controlled(const Matrix& u) {
  Matrix result = Matrix::Identity(2 * u.rows(), 2 * u.rows());
  for (Eigen::Index i = 0; i < u.rows(); ++i)
    for (Eigen::Index j = 0; j < u.rows(); ++j) result(2 * i + 1, 2 * j + 1) = u(i, j);
  return result;
}

Matrix diagonal(std::vector<std::complex<double>> entries) {
  return Eigen::Map<Eigen::VectorXcd>(entries.data(), static_cast<Eigen::Index>(entries.size())).asDiagonal();
}

Matrix swapping(std::complex<double> factor) {
  return (Matrix(4, 4) << 1, 0, 0, 0, 0, 0, factor, 0, 0, factor, 0, 0, 0, 0, 0, 1).finished();
}

struct Definition {
  std::size_t angles;
  std::function<Matrix(const std::vector<double>&)> matrix;
};
using T = const std::vector<double>&;

const std::map<std::string, Definition> standard{
    {"p", {1, [](T t) { return phase(t[0]); }}},
    {"phase", {1, [](T t) { return phase(t[0]); }}},
    {"u1", {1, [](T t) { return phase(t[0]); }}},
    {"x", {0, [](T) { return pauli_x; }}},
    {"y", {0, [](T) { return pauli_y; }}},
    {"z", {0, [](T) { return pauli_z; }}},
    {"h", {0, [](T) { return hadamard; }}},
    {"s", {0, [](T) { return phase(M_PI / 2); }}},
    {"sdg", {0, [](T) { return phase(-M_PI / 2); }}},
    {"t", {0, [](T) { return phase(M_PI / 4); }}},
    {"tdg", {0, [](T) { return phase(-M_PI / 4); }}},
    {"sx", {0, [](T) { return root_of_x(); }}},
    {"id", {0, [](T) { return one; }}},
    {"rx", {1, [](T t) { return rotation(t[0], pauli_x); }}},
    {"ry", {1, [](T t) { return rotation(t[0], pauli_y); }}},
    {"rz", {1, [](T t) { return rotation(t[0], pauli_z); }}},
    {"cx", {0, [](T) { return controlled(pauli_x); }}},
    {"CX", {0, [](T) { return controlled(pauli_x); }}},
    {"cy", {0, [](T) { return controlled(pauli_y); }}},
    {"cz", {0, [](T) { return controlled(pauli_z); }}},
    {"cp", {1, [](T t) { return controlled(phase(t[0])); }}},
    {"cphase", {1, [](T t) { return controlled(phase(t[0])); }}},
    {"crx", {1, [](T t) { return controlled(rotation(t[0], pauli_x)); }}},
    {"cry", {1, [](T t) { return controlled(rotation(t[0], pauli_y)); }}},
    {"crz", {1, [](T t) { return controlled(rotation(t[0], pauli_z)); }}},
    {"ch", {0, [](T) { return controlled(hadamard); }}},
    {"swap", {0, [](T) { return swapping(1); }}},
    {"ccx", {0, [](T) { return controlled(controlled(pauli_x)); }}},
    {"cswap", {0, [](T) { return controlled(swapping(1)); }}},
    {"u2",
     {2, [](T t) { return Matrix(std::polar(1.0, -(t[0] + t[1] + M_PI / 2) / 2) * universal(M_PI / 2, t[0], t[1])); }}},
    {"u3", {3, [](T t) { return Matrix(std::polar(1.0, -(t[0] + t[1] + t[2]) / 2) * universal(t[0], t[1], t[2])); }}},
    // stdgates.inc's definition: p(gamma - theta/2) on the control, then ctrl @ U
    {"cu",
     {4, [](T t) { return Matrix(controlled(universal(t[0], t[1], t[2])) * both(phase(t[3] - t[0] / 2), one)); }}},
    {"U", {3, [](T t) { return universal(t[0], t[1], t[2]); }}},
};

const std::map<std::string, Definition> others{
    {"i", {0, [](T) { return one; }}},
    {"u0", {1, [](T) { return one; }}},
    {"si", {0, [](T) { return phase(-M_PI / 2); }}},
    {"ti", {0, [](T) { return phase(-M_PI / 4); }}},
    {"v", {0, [](T) { return root_of_x(); }}},
    {"vi", {0, [](T) { return Matrix(root_of_x().adjoint()); }}},
    {"sxdg", {0, [](T) { return Matrix(root_of_x().adjoint()); }}},
    {"cv", {0, [](T) { return controlled(root_of_x()); }}},
    {"csx", {0, [](T) { return controlled(root_of_x()); }}},
    {"cs", {0, [](T) { return controlled(phase(M_PI / 2)); }}},
    {"csdg", {0, [](T) { return controlled(phase(-M_PI / 2)); }}},
    {"cnot", {0, [](T) { return controlled(pauli_x); }}},
    {"ccnot", {0, [](T) { return controlled(controlled(pauli_x)); }}},
    {"ccz", {0, [](T) { return controlled(controlled(pauli_z)); }}},
    {"c3x", {0, [](T) { return controlled(controlled(controlled(pauli_x))); }}},
    {"c4x", {0, [](T) { return controlled(controlled(controlled(controlled(pauli_x)))); }}},
    {"c3sqrtx", {0, [](T) { return controlled(controlled(controlled(root_of_x()))); }}},
    {"dcx", {0, [](T) { return Matrix(swapping(1) * controlled(pauli_x) * swapping(1) * controlled(pauli_x)); }}},
    {"phaseshift", {1, [](T t) { return phase(t[0]); }}},
    {"cphaseshift", {1, [](T t) { return controlled(phase(t[0])); }}},
    {"cu1", {1, [](T t) { return controlled(phase(t[0])); }}},
    // The index's lowest bit is the first qubit's: 01 in the gate's name is index 2.
    {"cphaseshift00",
     {1,
      [](T t) {
        return diagonal({std::polar(1.0, t[0]), 1, 1, 1});
      }}},
    {"cphaseshift01",
     {1,
      [](T t) {
        return diagonal({1, 1, std::polar(1.0, t[0]), 1});
      }}},
    {"cphaseshift10",
     {1,
      [](T t) {
        return diagonal({1, std::polar(1.0, t[0]), 1, 1});
      }}},
    {"iswap", {0, [](T) { return swapping(1i); }}},
    {"pswap", {1, [](T t) { return swapping(std::polar(1.0, t[0])); }}},
    {"xy", {1, [](T t) { return rotation(-t[0] / 2, Matrix(both(pauli_x, pauli_x) + both(pauli_y, pauli_y))); }}},
    {"xx", {1, [](T t) { return rotation(t[0], both(pauli_x, pauli_x)); }}},
    {"yy", {1, [](T t) { return rotation(t[0], both(pauli_y, pauli_y)); }}},
    {"zz", {1, [](T t) { return rotation(t[0], both(pauli_z, pauli_z)); }}},
    {"rxx", {1, [](T t) { return rotation(t[0], both(pauli_x, pauli_x)); }}},
    {"ryy", {1, [](T t) { return rotation(t[0], both(pauli_y, pauli_y)); }}},
    {"rzz", {1, [](T t) { return rotation(t[0], both(pauli_z, pauli_z)); }}},
    {"rzx", {1, [](T t) { return rotation(t[0], both(pauli_z, pauli_x)); }}},
    {"ecr", {0, [](T) { return Matrix((both(pauli_x, one) - both(pauli_y, pauli_x)) / std::sqrt(2.0)); }}},
    {"prx", {2, [](T t) { return rotation(t[0], equator(t[1])); }}},
    {"r", {2, [](T t) { return rotation(t[0], equator(t[1])); }}},
    {"gpi", {1, [](T t) { return equator(t[0]); }}},
    {"gpi2", {1, [](T t) { return rotation(M_PI / 2, equator(t[0])); }}},
    {"ms", {3, [](T t) { return rotation(t[2], both(equator(t[0]), equator(t[1]))); }}},
    {"u", {3, [](T t) { return Matrix(std::polar(1.0, -t[0] / 2) * universal(t[0], t[1], t[2])); }}},
    {"cu3", {3, [](T t) { return controlled(Matrix(std::polar(1.0, -t[0] / 2) * universal(t[0], t[1], t[2]))); }}},
};

std::size_t qubits_of(const Matrix& matrix) {
  std::size_t qubits = 0;
  while ((Eigen::Index{1} << qubits) < matrix.rows()) ++qubits;
  return qubits;
}

/// "name(angles) q[0], q[1], ...;"
std::string called(const std::string& name, const std::vector<std::string>& angles, std::size_t qubits) {
  std::string operands;
  for (std::size_t q = 0; q < qubits; ++q) operands += fmt::format("{}q[{}]", q == 0 ? "" : ", ", q);
  return angles.empty() ? fmt::format("{} {};", name, operands)
                        : fmt::format("{}({}) {};", name, fmt::join(angles, ", "), operands);
}

void check_all(const std::map<std::string, Definition>& definitions, std::string_view head) {
  RandomStream random({.seed = 71, .purpose = StreamPurpose::test});
  for (const auto& [name, definition] : definitions)
    for (int repeat = 0; repeat < 3; ++repeat) {
      CAPTURE(name, repeat);
      std::vector<double> t;
      std::vector<std::string> numbers, inputs;
      std::string declarations;
      for (std::size_t a = 0; a < definition.angles; ++a) {
        t.push_back(repeat == 0 ? 0.0 : 4 * random.normal());
        numbers.push_back(fmt::format("{}", t.back()));
        inputs.push_back(fmt::format("t{}", a));
        declarations += fmt::format("input float t{}; ", a);
      }
      const Matrix expected = definition.matrix(t);
      const std::size_t qubits = qubits_of(expected);
      const std::string registers = fmt::format("qubit[{}] q; ", qubits);
      CHECK(distance(matrix_of(fmt::format("{}{}{}", head, registers, called(name, numbers, qubits))), expected) <
            1e-14);
      CHECK(distance(matrix_of(fmt::format("{}{}{}{}", head, declarations, registers, called(name, inputs, qubits)), t),
                     expected) < 1e-14);
    }
}

}  // namespace

TEST_CASE("the gates of stdgates.inc are their definitions, global phase included, with numbers and with inputs") {
  check_all(standard, "OPENQASM 3.1; include \"stdgates.inc\"; ");
}

TEST_CASE("the gates of providers are known without an include line") { check_all(others, "OPENQASM 3.0; "); }

TEST_CASE("relative-phase Toffoli gates permute as their originals do") {
  for (const std::size_t controls : {2U, 3U}) {
    const Matrix exact =
        matrix_of(4, controls == 2 ? "ctrl(2) @ x q[0], q[1], q[2];" : "ctrl(3) @ x q[0], q[1], q[2], q[3];");
    const Matrix made = matrix_of(4, controls == 2 ? "rccx q[0], q[1], q[2];" : "rc3x q[0], q[1], q[2], q[3];");
    CHECK((made.cwiseAbs() - exact.cwiseAbs()).cwiseAbs().maxCoeff() < 1e-14);
  }
}

TEST_CASE("gphase is a phase of everything") {
  CHECK(distance(matrix_of(2, "gphase(0.3);"), std::polar(1.0, 0.3) * Matrix::Identity(4, 4)) < 1e-15);
  CHECK(distance(matrix_of(1, "ctrl @ gphase(0.3) q[0];"), phase(0.3)) < 1e-15);
}

TEST_CASE("in OpenQASM 2, U has determinant 1") {
  const Matrix made = matrix_of("OPENQASM 2.0; include \"qelib1.inc\"; qreg q[1]; U(0.3, 0.5, -1.2) q[0];");
  CHECK(distance(made, rotation(0.5, pauli_z) * rotation(0.3, pauli_y) * rotation(-1.2, pauli_z)) < 1e-15);
}
