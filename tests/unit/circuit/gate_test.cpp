#include "bornite/circuit/gate.hpp"

#include <set>
#include <stdexcept>

#include "catch.hpp"
#include "definition.hpp"
#include "dense.hpp"
#include "random_circuit.hpp"

using namespace bornite;
using namespace bornite::test;

namespace {

ComplexMatrix as_matrix(const std::array<std::complex<double>, 4>& m) {
  ComplexMatrix result(2, 2);
  result << m[0], m[1], m[2], m[3];
  return result;
}

}  // namespace

TEST_CASE("the matrix of every one-target gate is that of its definition") {
  for (const GateKind kind : gate_kinds)
    if (target_count(kind) == 1)
      for (const double angle : {0.0, 0.7, -2.9, 6.9}) {
        INFO(to_string(kind) << ' ' << angle);
        const ComplexMatrix m = as_matrix(matrix(kind, angle));
        CHECK(distance(m, defined_matrix(kind, angle)) < 1e-15);
        CHECK(distance(m * m.adjoint(), ComplexMatrix::Identity(2, 2)) < 1e-15);
      }
}

TEST_CASE("swap and the global phase have no matrix of two by two") {
  CHECK_THROWS_AS(matrix(GateKind::swap, 0.0), std::invalid_argument);
  CHECK_THROWS_AS(matrix(GateKind::global_phase, 0.0), std::invalid_argument);
}

TEST_CASE("qubit i is bit i of the index of a matrix") {
  ComplexMatrix swap(4, 4), cx_from_0(4, 4), gphase = ComplexMatrix::Identity(2, 2) * std::polar(1.0, 0.3);
  swap << 1, 0, 0, 0, 0, 0, 1, 0, 0, 1, 0, 0, 0, 0, 0, 1;
  cx_from_0 << 1, 0, 0, 0, 0, 0, 0, 1, 0, 0, 1, 0, 0, 1, 0, 0;
  CHECK(distance(dense_matrix(Gate{GateKind::swap, {0, 1}, {}, {}}, 2, {}), swap) == 0.0);
  CHECK(distance(dense_matrix(Gate{GateKind::x, {1}, {0}, {}}, 2, {}), cx_from_0) == 0.0);
  CHECK(distance(dense_matrix(Gate{GateKind::global_phase, {}, {}, Angle::constant(0.3)}, 1, {}), gphase) < 1e-16);
}

TEST_CASE("the inverse of every gate is its adjoint, with and without controls") {
  RandomStream random({.seed = 1, .purpose = StreamPurpose::test});
  for (const GateKind kind : gate_kinds)
    for (int repeat = 0; repeat < 8; ++repeat) {
      INFO(to_string(kind));
      const Gate gate = random_gate(kind, 4, 3, random);
      const std::vector<double> theta = random_row(3, random);
      const ComplexMatrix u = dense_matrix(gate, 4, theta);
      CHECK(distance(dense_matrix(inverse(gate), 4, theta), u.adjoint()) < 1e-14);
      CHECK(distance(u.adjoint() * u, ComplexMatrix::Identity(16, 16)) < 1e-14);
      CHECK(inverse(inverse(gate)) == gate);
    }
}

TEST_CASE("gates have the names of OpenQASM 3 and no two the same") {
  std::set<std::string_view> names;
  for (const GateKind kind : gate_kinds) names.insert(to_string(kind));
  const std::set<std::string_view> expected{"x",  "y",    "z",  "h",  "s",  "sdg", "t",    "tdg",
                                            "sx", "sxdg", "rx", "ry", "rz", "p",   "swap", "gphase"};
  CHECK(names == expected);
}

TEST_CASE("rotations and phases take an angle and nothing else does") {
  std::set<std::string_view> with_angle;
  for (const GateKind kind : gate_kinds)
    if (has_angle(kind)) with_angle.insert(to_string(kind));
  CHECK(with_angle == std::set<std::string_view>{"rx", "ry", "rz", "p", "gphase"});
  CHECK(target_count(GateKind::swap) == 2);
  CHECK(target_count(GateKind::global_phase) == 0);
  CHECK(target_count(GateKind::rz) == 1);
}

TEST_CASE("an angle is a constant or affine in one parameter") {
  const std::vector<double> theta{10.0, 20.0};
  CHECK(Angle::constant(0.25).value({}) == 0.25);
  CHECK(Angle::constant(0.25).is_constant());
  CHECK(Angle::of(1).value(theta) == 20.0);
  CHECK(Angle::of(1, -0.5, 3.0).value(theta) == -7.0);
  CHECK_FALSE(Angle::of(0).is_constant());
  CHECK((-Angle::of(1, -0.5, 3.0)).value(theta) == 7.0);
  CHECK((-Angle::constant(0.25)).value({}) == -0.25);
}
