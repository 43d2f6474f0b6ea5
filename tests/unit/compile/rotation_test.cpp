#include "bornite/compile/rotation_run.hpp"

#include <numbers>

#include "../circuit/random_circuit.hpp"
#include "catch.hpp"
#include "zz_matrix.hpp"

using namespace bornite;
using namespace bornite::test;

namespace {

constexpr double pi = std::numbers::pi;

double difference(const Rotation& a, const Rotation& b) { return distance_up_to_phase(matrix_of(a), matrix_of(b)); }

Rotation random_rotation(RandomStream& random) {
  switch (random() % 6) {  // corner cases among them
    case 0: return Rotation::about_z(6 * random.uniform());
    case 1: return Rotation::about_z(6 * random.uniform()) * Rotation::about_x(pi);
    case 2: return Rotation::about_z(random.normal()) * Rotation::about_x(pi / 2) * Rotation::about_z(random.normal());
    case 3: return Rotation::hadamard();
    default:
      return Rotation::about_x(random.normal()) * Rotation::about_y(random.normal()) *
             Rotation::about_z(random.normal());
  }
}

}  // namespace

TEST_CASE("rotations are the matrices of the gates and multiply like them") {
  for (const double angle : {0.3, -2.0, pi, 5.0}) {
    const auto expect = [&](const Rotation& r, GateKind kind) {
      const auto m = matrix(kind, angle);
      CHECK(distance_up_to_phase(matrix_of(r), (Eigen::Matrix2cd() << m[0], m[1], m[2], m[3]).finished()) < 1e-15);
    };
    expect(Rotation::about_x(angle), GateKind::rx);
    expect(Rotation::about_y(angle), GateKind::ry);
    expect(Rotation::about_z(angle), GateKind::rz);
    expect(Rotation::hadamard(), GateKind::h);
  }
  RandomStream random({.seed = 1, .purpose = StreamPurpose::test});
  for (int repeat = 0; repeat < 100; ++repeat) {
    const Rotation a = random_rotation(random), b = random_rotation(random);
    CHECK((matrix_of(a * b) - matrix_of(a) * matrix_of(b)).cwiseAbs().maxCoeff() < 1e-15);
    CHECK((a * a.inverse()).is_identity());
  }
}

TEST_CASE("every rotation is its Euler angles and its rotation about the equator") {
  RandomStream random({.seed = 2, .purpose = StreamPurpose::test});
  for (int repeat = 0; repeat < 300; ++repeat) {
    const Rotation r = random_rotation(random);
    const EulerAngles e = euler_angles(r);
    CHECK(difference(Rotation::about_z(e.after) * Rotation::about_y(e.angle) * Rotation::about_z(e.before), r) < 2e-15);
    const EquatorAngles q = equator_angles(r);
    const Rotation axis = Rotation::about_z(q.axis);
    CHECK(difference(Rotation::about_z(q.frame) * axis * Rotation::about_x(q.angle) * axis.inverse(), r) < 2e-15);
    if (r.is_antidiagonal()) CHECK(q.frame == 0);
  }
}

TEST_CASE("a run keeps the value of what was appended, and joins what it can") {
  RandomStream random({.seed = 3, .purpose = StreamPurpose::test});
  for (int repeat = 0; repeat < 200; ++repeat) {
    const std::vector<double> theta = random_row(3, random);
    RotationRun run;
    Rotation value;
    for (int step = 0; step < 12; ++step) {
      if (random() % 2 == 0) {
        const Rotation constant = random_rotation(random);
        run.append(constant);
        value = constant * value;
      } else {
        const AngleSum angle = Angle::of(random() % 3, random.normal(), random.normal());
        run.append_rz(angle);
        value = Rotation::about_z(angle.value(theta)) * value;
      }
    }
    CHECK(difference(run.value(theta), value) < 1e-13);
    for (std::size_t i = 0; i + 1 < run.stages().size(); ++i) CHECK_FALSE(run.stages()[i].after.is_monomial());

    RotationRun rest = run;
    RotationRun end = rest.take_monomial_end();
    CHECK(end.is_monomial());
    CHECK(difference(end.value(theta) * rest.value(theta), value) < 1e-13);

    RotationRun measured = run;
    measured.drop_diagonal_end();
    CHECK((matrix_of(measured.value(theta)).cwiseAbs2() - matrix_of(value).cwiseAbs2()).cwiseAbs().maxCoeff() < 1e-13);

    RotationRun prepared = run;
    prepared.simplify_on_zero();
    const Eigen::Vector2cd a = matrix_of(prepared.value(theta)).col(0), b = matrix_of(value).col(0);
    CHECK(std::abs(a.dot(b)) == Approx(1).epsilon(1e-13));
  }
}

TEST_CASE("opposite angles cancel and leave constants that join") {
  RotationRun run(Rotation::about_y(0.4));
  run.append_rz(Angle::of(0));
  run.append(Rotation::about_x(pi));
  run.append_rz(Angle::of(0));
  CHECK(run.is_constant());
  CHECK(difference(run.value({}), Rotation::about_x(pi) * Rotation::about_y(0.4)) < 1e-15);
}
