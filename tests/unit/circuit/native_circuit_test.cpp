#include "bornite/circuit/native_circuit.hpp"

#include <numbers>

#include "bornite/util/random.hpp"
#include "catch.hpp"
#include "dense.hpp"

using namespace bornite;
using namespace bornite::test;

namespace {

using Matrix = Eigen::MatrixXcd;
using namespace std::complex_literals;

const Matrix one = Matrix::Identity(2, 2);
const Matrix pauli_x = (Matrix(2, 2) << 0, 1, 1, 0).finished();
const Matrix pauli_y = (Matrix(2, 2) << 0, -1i, 1i, 0).finished();
const Matrix pauli_z = (Matrix(2, 2) << 1, 0, 0, -1).finished();

/// The Pauli matrix of the axis at this angle from X on the equator.
Matrix equator(double angle) { return std::cos(angle) * pauli_x + std::sin(angle) * pauli_y; }

/// exp(-i t P / 2)
Matrix rotation(double angle, const Matrix& pauli) { return exponential(-0.5i * angle * pauli); }

/// `first` acts on qubit 0, which is the lowest bit of the index.
Matrix both(const Matrix& first, const Matrix& second) { return kronecker(second, first); }

/// The matrix of each gate as providers define it.
Matrix definition(NativeKind kind, const std::array<double, 3>& t) {
  const Matrix zero = (Matrix(2, 2) << 1, 0, 0, 0).finished(), unit = (Matrix(2, 2) << 0, 0, 0, 1).finished();
  switch (kind) {
    case NativeKind::x: return pauli_x;
    case NativeKind::sx: return rotation(std::numbers::pi / 2, pauli_x);
    case NativeKind::rx: return rotation(t[0], pauli_x);
    case NativeKind::ry: return rotation(t[0], pauli_y);
    case NativeKind::rz: return rotation(t[0], pauli_z);
    case NativeKind::prx: return rotation(t[0], equator(t[1]));
    case NativeKind::gpi: return equator(t[0]);
    case NativeKind::gpi2: return rotation(std::numbers::pi / 2, equator(t[0]));
    case NativeKind::cz: return both(zero, one) + both(unit, pauli_z);
    case NativeKind::cx: return both(zero, one) + both(unit, pauli_x);
    case NativeKind::ecr: return (both(pauli_x, one) - both(pauli_y, pauli_x)) / std::numbers::sqrt2;
    case NativeKind::rzz: return rotation(t[0], both(pauli_z, pauli_z));
    case NativeKind::rxx: return rotation(t[0], both(pauli_x, pauli_x));
    case NativeKind::ms: return rotation(t[2], both(equator(t[0]), equator(t[1])));
  }
  return {};
}

}  // namespace

TEST_CASE("every native gate expands to its definition") {
  RandomStream random({.seed = 70, .purpose = StreamPurpose::test});
  for (const NativeKind kind : native_kinds)
    for (int repeat = 0; repeat < 5; ++repeat) {
      CAPTURE(to_string(kind));
      const std::vector<double> theta{random.normal(), random.normal()};
      NativeGate gate{kind, {0, 1}, {}};
      std::array<double, 3> values{};
      for (std::size_t a = 0; a < angle_count(kind); ++a) {
        gate.angles[a] = Angle::of(0, random.normal(), random.normal());
        gate.angles[a] += Angle::of(1, random.normal());
        values[a] = gate.angles[a].value(theta);
      }
      const std::size_t qubits = qubit_count(kind);
      const Circuit circuit = expand(NativeCircuit{qubits, {gate}, {}});
      Matrix product = Matrix::Identity(1 << qubits, 1 << qubits);
      for (const Gate& part : circuit.gates()) product = dense_matrix(part, qubits, theta) * product;
      CHECK(distance_up_to_phase(product, definition(kind, values)) < 1e-14);
    }
}

TEST_CASE("names of native gates are read back") {
  for (const NativeKind kind : native_kinds) CHECK(parse_native_kind(to_string(kind)) == kind);
  CHECK_FALSE(parse_native_kind("cnot"));
}

TEST_CASE("sums of angles add, scale, cancel and split") {
  const std::vector<double> theta{0.3, -1.7, 2.9};
  const AngleSum a = Angle::of(2, 0.5, 1.0), b = Angle::of(0, -2.0, 0.25);
  const AngleSum sum = a + b;
  CHECK(sum.value(theta) == Approx(a.value(theta) + b.value(theta)).epsilon(1e-15));
  REQUIRE(sum.terms().size() == 2);
  CHECK(sum.terms()[0].parameter == 0);
  CHECK((sum - a - b) == AngleSum(0.0));
  CHECK((a + a) == 2 * a);
  CHECK((0 * sum).is_constant());
  CHECK((1e-200 * AngleSum(Angle::of(0, 1e-200))).is_constant());
  CHECK((-sum).value(theta) == -sum.value(theta));
  double total = 0;
  for (const Angle& part : sum.split()) total += part.value(theta);
  CHECK(total == Approx(sum.value(theta)).epsilon(1e-15));
  CHECK(AngleSum(0.7).split() == std::vector{Angle::constant(0.7)});
}

TEST_CASE("a native circuit has as many parameters as its angles name") {
  NativeCircuit circuit{3, {{NativeKind::rz, {1}, {Angle::of(4)}}, {NativeKind::sx, {1}, {}}}, {1}};
  CHECK(circuit.parameters() == 5);
  circuit.gates.erase(circuit.gates.begin());
  CHECK(circuit.parameters() == 0);
}
