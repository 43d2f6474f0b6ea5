// The operations of a plan as forward runs take them, in fewer sweeps: against a plain simulation.
#include "bornite/statevector/statevector_backend.hpp"
#include "catch.hpp"
#include "naive_simulator.hpp"
#include "plan.hpp"
#include "precisions.hpp"
#include "random_circuit.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <numbers>
#include <numeric>

namespace bornite {
namespace {

using test::below;

/// Layers of Ry on some qubits, Rz on some and CX between some pairs, each layer's in random order. Every fifth Ry is
/// by pi, whose half has no tangent.
Circuit random_layers(RandomStream& random, std::size_t qubits, std::size_t layers) {
  Circuit circuit(qubits);
  const auto qubit = [&] { return static_cast<Qubit>(below(random, qubits)); };
  for (std::size_t layer = 0; layer != layers; ++layer) {
    const Qubit shift = qubit();
    for (std::size_t i = 0; i != qubits; ++i) {
      if (below(random, 8) == 0) continue;
      const double angle = below(random, 5) == 0 ? std::numbers::pi : 6 * random.uniform();
      circuit.ry(static_cast<Qubit>((i + shift) % qubits), Angle::constant(angle));
    }
    for (std::size_t i = 0; i != qubits; ++i)
      if (below(random, 8) != 0) circuit.rz(static_cast<Qubit>(i), Angle::constant(6 * random.uniform()));
    for (std::size_t i = 0; i != qubits; ++i) {
      const Qubit control = qubit();
      const Qubit target = qubit();
      if (control != target) circuit.cx(control, target);
    }
  }
  return circuit;
}

}  // namespace

TEST_CASE("random layers give the probabilities and amplitudes of a plain simulation") {
  RandomStream random({.seed = 11, .purpose = StreamPurpose::test});
  for (const Precision precision : test::precisions) {
    StatevectorBackend backend(precision);
    for (std::size_t qubits = 2; qubits != 17; ++qubits) {
      for (std::size_t times = 0; times != (qubits < 13 ? 4 : 1); ++times) {
        CAPTURE(to_string(precision), qubits, times);
        const Circuit circuit = random_layers(random, qubits, 3);
        const auto expected = test::naive_state(circuit, {});
        const auto amplitudes = backend.amplitudes(circuit, {}).value();
        const Distribution q = backend.probabilities(circuit, {}).value();
        double error = 0.0;
        double q_error = 0.0;
        for (std::size_t x = 0; x != expected.size(); ++x) {
          error = std::max(error, std::abs(amplitudes[x] - expected[x]));
          q_error = std::max(q_error, std::abs(q.probabilities()[x] - std::norm(expected[x])));
        }
        CHECK(error < test::tolerance(precision, 1e-14, 1e-6));
        CHECK(q_error < test::tolerance(precision, 1e-14, 2e-6));
      }
    }
  }
}

TEST_CASE("a forward run of a layered circuit takes fewer sweeps than the way back") {
  Circuit circuit(12);
  for (std::size_t layer = 0; layer != 3; ++layer) {
    for (Qubit i = 0; i != 12; ++i) circuit.ry(i, Angle::constant(1.0));
    for (Qubit i = 0; i != 12; ++i) circuit.rz(i, Angle::constant(1.0));
    for (Qubit i = layer % 2; i + 1 < 12; i += 2) circuit.cx(i, i + 1);
  }
  const auto plan = statevector::make_plan(circuit, statevector::Readout::probabilities, Precision::complex64);
  const auto blocks = [](const std::vector<statevector::TileOp>& ops) {
    return std::transform_reduce(ops.begin(), ops.end(), std::size_t{0}, std::plus(),
                                 [](const auto& op) { return std::size_t{op.blocks}; });
  };
  const std::size_t all = 256;
  // One by one, 36 rotations, 24 phases and 16 CX. In each layer 12 rotations in three sweeps, phases and a
  // renumbering, but for the phases of the last layer, would be 14 sweeps. What the last qubits do not take part in
  // comes before them.
  CHECK(blocks(plan.ops) < 12 * all);
  CHECK(blocks(plan.forward_ops) < 9 * all);
  CHECK(blocks(plan.forward_ops) < blocks(plan.ops));
  std::size_t rotations = 0;  // of the whole tile
  for (const auto& op : plan.ops)
    if (op.kind <= statevector::TileOp::Kind::rotate_both && op.blocks == all) rotations += op.count;
  CHECK(rotations <= 9);
  CHECK(std::ranges::any_of(plan.forward_ops, [](const auto& op) { return op.spreads; }));
}

}  // namespace bornite
