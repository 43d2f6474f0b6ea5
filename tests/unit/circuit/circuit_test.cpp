#include "bornite/circuit/circuit.hpp"

#include <rapidcheck/catch.h>

#include <limits>
#include <stdexcept>

#include "catch.hpp"
#include "definition.hpp"
#include "dense.hpp"
#include "random_circuit.hpp"

using namespace bornite;
using namespace bornite::test;

namespace {

RandomStream arbitrary_stream() {
  return RandomStream({.seed = *rc::gen::arbitrary<std::uint64_t>(), .purpose = StreamPurpose::test});
}

}  // namespace

TEST_CASE("a circuit followed by its inverse is the identity") {
  rc::prop("on 4 qubits, for all parameters", [] {
    RandomStream random = arbitrary_stream();
    Circuit circuit = random_circuit(4, 5, random);
    const std::vector<double> theta = random_row(5, random);
    const Circuit inverse = circuit.inverse();
    RC_ASSERT(inverse.inverse() == circuit);
    RC_ASSERT(distance(dense_matrix(inverse, theta), dense_matrix(circuit, theta).adjoint()) < 1e-12);
    circuit.append(inverse);
    RC_ASSERT(distance(dense_matrix(circuit, theta), ComplexMatrix::Identity(16, 16)) < 1e-12);
  });
}

TEST_CASE("a controlled circuit acts where the control is 1 and nowhere else") {
  rc::prop("on 3 qubits with the control on a fourth", [] {
    RandomStream random = arbitrary_stream();
    const Circuit circuit = random_circuit(3, 5, random);
    const std::vector<double> theta = random_row(5, random);
    const Circuit controlled = circuit.control(3);
    RC_ASSERT(controlled.qubits() == 4U);
    RC_ASSERT(controlled.parameters() == circuit.parameters());
    ComplexMatrix expected = ComplexMatrix::Identity(16, 16);
    expected.bottomRightCorner(8, 8) = dense_matrix(circuit, theta);
    RC_ASSERT(distance(dense_matrix(controlled, theta), expected) < 1e-12);
  });
  rc::prop("with two controls", [] {
    RandomStream random = arbitrary_stream();
    const Circuit circuit = random_circuit(2 + 1, 4, random);
    const std::vector<double> theta = random_row(4, random);
    ComplexMatrix expected = ComplexMatrix::Identity(32, 32);
    expected.bottomRightCorner(8, 8) = dense_matrix(circuit, theta);
    RC_ASSERT(distance(dense_matrix(circuit.control(3).control(4), theta), expected) < 1e-12);
  });
}

TEST_CASE("a control may be an idle qubit of the circuit but not one in use") {
  Circuit circuit(3);
  circuit.h(0).cx(0, 2);
  const Circuit controlled = circuit.control(1);
  CHECK(controlled.qubits() == 3);
  CHECK(controlled.gates()[0].controls == std::vector<Qubit>{1});
  CHECK_THROWS_AS(circuit.control(2), std::invalid_argument);
}

TEST_CASE("composed circuits multiply and shift their parameters") {
  RandomStream random({.seed = 2, .purpose = StreamPurpose::test});
  const Circuit first = random_circuit(3, 2, random);
  const Circuit second = random_circuit(3, 2, random);
  const std::vector<double> theta = random_row(4, random);
  Circuit both = first;
  both.append(second, 2);
  CHECK(both.parameters() == 4);
  const ComplexMatrix expected =
      dense_matrix(second, std::span(theta).subspan(2)) * dense_matrix(first, std::span(theta).first(2));
  CHECK(distance(dense_matrix(both, theta), expected) < 1e-12);
}

TEST_CASE("a circuit appended to itself is done twice") {
  Circuit circuit(2);
  circuit.h(0).ry(1, Angle::of(0)).cx(0, 1);
  const std::vector<double> theta{0.4};
  const ComplexMatrix once = dense_matrix(circuit, theta);
  circuit.append(circuit);
  CHECK(circuit.gates().size() == 6);
  CHECK(distance(dense_matrix(circuit, theta), once * once) < 1e-14);
}

TEST_CASE("a smaller circuit fits in a larger one and not the other way round") {
  Circuit small(2);
  small.h(1);
  Circuit large(3);
  large.append(small);
  CHECK(large.gates().size() == 1);
  CHECK(large.qubits() == 3);
  CHECK_THROWS_AS(small.append(large), std::invalid_argument);
  CHECK(small.gates().size() == 1);
}

TEST_CASE("each short form appends the gate that it names") {
  Circuit circuit(3);
  circuit.x(0)
      .h(1)
      .z(2)
      .rx(0, Angle::constant(0.1))
      .ry(1, Angle::of(3))
      .rz(2, Angle::of(1))
      .cx(0, 1)
      .cz(1, 2)
      .ccx(2, 0, 1)
      .swap(0, 2);
  const std::vector<Gate> expected{{GateKind::x, {0}, {}, {}},
                                   {GateKind::h, {1}, {}, {}},
                                   {GateKind::z, {2}, {}, {}},
                                   {GateKind::rx, {0}, {}, Angle::constant(0.1)},
                                   {GateKind::ry, {1}, {}, Angle::of(3)},
                                   {GateKind::rz, {2}, {}, Angle::of(1)},
                                   {GateKind::x, {1}, {0}, {}},
                                   {GateKind::z, {2}, {1}, {}},
                                   {GateKind::x, {1}, {2, 0}, {}},
                                   {GateKind::swap, {0, 2}, {}, {}}};
  CHECK(std::ranges::equal(circuit.gates(), expected));
  CHECK(circuit.parameters() == 4);
}

TEST_CASE("a bell circuit puts equal weight on 00 and 11") {
  Circuit circuit(2);
  circuit.h(0).cx(0, 1);
  const ComplexMatrix u = dense_matrix(circuit, {});
  CHECK(std::norm(u(0, 0)) == Approx(0.5));
  CHECK(std::norm(u(3, 0)) == Approx(0.5));
}

TEST_CASE("an angle given to a gate that takes none is dropped") {
  Circuit circuit(1);
  circuit.append({GateKind::h, {0}, {}, Angle::of(7)});
  CHECK(circuit.parameters() == 0);
  CHECK(circuit == Circuit(1).h(0));
}

TEST_CASE("gates that make no sense are refused and leave the circuit as it was") {
  constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();
  constexpr double infinity = std::numeric_limits<double>::infinity();
  CHECK_THROWS_AS(Circuit(0), std::invalid_argument);
  Circuit circuit(2);
  CHECK_THROWS_AS(circuit.x(2), std::invalid_argument);
  CHECK_THROWS_AS(circuit.cx(2, 0), std::invalid_argument);
  CHECK_THROWS_AS(circuit.cx(1, 1), std::invalid_argument);
  CHECK_THROWS_AS(circuit.swap(0, 0), std::invalid_argument);
  CHECK_THROWS_AS(circuit.append({GateKind::swap, {0}, {}, {}}), std::invalid_argument);
  CHECK_THROWS_AS(circuit.append({GateKind::x, {}, {}, {}}), std::invalid_argument);
  CHECK_THROWS_AS(circuit.append({GateKind::x, {0, 1}, {}, {}}), std::invalid_argument);
  CHECK_THROWS_AS(circuit.append({GateKind::global_phase, {0}, {}, {}}), std::invalid_argument);
  CHECK_THROWS_AS(circuit.append({GateKind::x, {0}, {1, 1}, {}}), std::invalid_argument);
  CHECK_THROWS_AS(circuit.rx(0, Angle::constant(not_a_number)), std::invalid_argument);
  CHECK_THROWS_AS(circuit.rx(0, Angle::of(0, infinity)), std::invalid_argument);
  CHECK_THROWS_AS(circuit.rx(0, Angle{1.0, -2, 0.0}), std::invalid_argument);
  CHECK(circuit == Circuit(2));
  CHECK_THROWS_AS(Circuit(2, {{GateKind::x, {2}, {}, {}}}), std::invalid_argument);
  CHECK_THROWS_AS(Circuit(2, {{GateKind::x, {1}, {1}, {}}}), std::invalid_argument);
  CHECK_THROWS_AS(Circuit(0, {}), std::invalid_argument);
}

TEST_CASE("circuits are equal when their gates are, copied, moved, or made anew") {
  const auto make = [] { return Circuit(2).h(0).ry(1, Angle::of(0)); };
  Circuit circuit = make();
  Circuit copy = circuit;
  CHECK(copy == circuit);
  CHECK(circuit == make());
  copy.cx(0, 1);
  CHECK_FALSE(copy == circuit);
  circuit.cx(0, 1);
  CHECK(copy == circuit);
  circuit.cx(0, 1);
  CHECK_FALSE(copy == circuit);

  const Circuit moved = std::move(copy);
  CHECK(moved == make().cx(0, 1));
  copy = make();
  CHECK(copy == make());
  CHECK_FALSE(Circuit(2) == Circuit(3));
  CHECK_FALSE(Circuit(2, {{GateKind::x, {0}, {}, {}}}) == Circuit(3, {{GateKind::x, {0}, {}, {}}}));
}

TEST_CASE("a circuit of given gates is the one that appending them makes") {
  const Circuit appended = Circuit(3).h(0).cx(0, 2).rx(1, Angle::of(4, 2)).append({GateKind::h, {1}, {}, Angle::of(7)});
  const Circuit given(3, {{GateKind::h, {0}, {}, {}},
                          {GateKind::x, {2}, {0}, {}},
                          {GateKind::rx, {1}, {}, Angle::of(4, 2)},
                          {GateKind::h, {1}, {}, Angle::of(7)}});
  CHECK(given == appended);
  CHECK(given.parameters() == 5);
}
