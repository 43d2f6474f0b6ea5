#pragma once
// Random circuits and angles for tests.

#include "bornite/circuit/circuit.hpp"
#include "bornite/util/random.hpp"

#include <algorithm>
#include <array>
#include <numbers>
#include <vector>

namespace bornite::test {

inline std::size_t below(RandomStream& random, std::size_t bound) { return random() % bound; }

inline std::vector<double> random_theta(const Circuit& circuit, std::uint64_t seed) {
  RandomStream random({.seed = seed, .purpose = StreamPurpose::test});
  std::vector<double> theta(circuit.parameters());
  for (double& t : theta) t = (random.uniform() - 0.5) * 4 * std::numbers::pi;
  return theta;
}

inline constexpr std::array all_gate_kinds{
    GateKind::x,    GateKind::y,  GateKind::z,  GateKind::h,  GateKind::s,           GateKind::sdg, GateKind::t,
    GateKind::tdg,  GateKind::sx, GateKind::rx, GateKind::ry, GateKind::sxdg,        GateKind::rz,  GateKind::phase,
    GateKind::swap, GateKind::x,  GateKind::x,  GateKind::ry, GateKind::global_phase};

/// A gate of any kind on random qubits with up to `most_controls` controls. Half of the angles are affine in one of
/// `parameters` parameters, so that parameters repeat, with scales other than 1.
inline Gate random_gate(RandomStream& random, std::size_t qubits, std::size_t parameters, std::size_t most_controls) {
  std::vector<Qubit> order(qubits);
  for (std::size_t q = 0; q != qubits; ++q) order[q] = static_cast<Qubit>(q);
  for (std::size_t q = qubits; q-- > 1;) std::swap(order[q], order[below(random, q + 1)]);
  GateKind kind = all_gate_kinds[below(random, all_gate_kinds.size())];
  if (target_count(kind) > qubits) kind = GateKind::ry;
  const std::size_t targets = target_count(kind);
  const std::size_t controls = below(random, std::min(most_controls, qubits - targets) + 1);
  Angle angle = Angle::constant(6 * random.uniform() - 3);
  if (random.uniform() < 0.5)
    angle = Angle::of(below(random, parameters), 3 * random.uniform() - 1.5, random.uniform());
  const auto split = order.begin() + static_cast<std::ptrdiff_t>(targets);
  return {kind, {order.begin(), split}, {split, split + static_cast<std::ptrdiff_t>(controls)}, angle};
}

inline Circuit random_circuit(std::size_t qubits, std::size_t gates, std::uint64_t seed,
                              std::size_t most_controls = 3) {
  RandomStream random({.seed = seed, .purpose = StreamPurpose::test, .row = 1});
  Circuit circuit(qubits);
  for (std::size_t q = 0; q != qubits; ++q)  // so that controls are not idle
    if (random.uniform() < 0.7) circuit.ry(static_cast<Qubit>(q), Angle::of(below(random, 7)));
  for (std::size_t i = 0; i != gates; ++i) circuit.append(random_gate(random, qubits, 7, most_controls));
  return circuit;
}

}  // namespace bornite::test
