#pragma once
// Random circuits of every kind of gate, with any number of controls.

#include "bornite/circuit/circuit.hpp"
#include "bornite/util/random.hpp"

#include <algorithm>
#include <array>
#include <numeric>
#include <utility>

namespace bornite::test {

inline constexpr std::array gate_kinds{GateKind::x,  GateKind::y,     GateKind::z,    GateKind::h,
                                       GateKind::s,  GateKind::sdg,   GateKind::t,    GateKind::tdg,
                                       GateKind::sx, GateKind::sxdg,  GateKind::rx,   GateKind::ry,
                                       GateKind::rz, GateKind::phase, GateKind::swap, GateKind::global_phase};

inline Gate random_gate(GateKind kind, std::size_t qubits, std::size_t parameters, RandomStream& random) {
  std::vector<Qubit> order(qubits);
  std::iota(order.begin(), order.end(), Qubit{0});
  for (std::size_t i = qubits; i > 1; --i) std::swap(order[i - 1], order[random() % i]);
  const auto targets = static_cast<std::ptrdiff_t>(target_count(kind));
  const auto controls =
      static_cast<std::ptrdiff_t>(random() % std::min<std::size_t>(3, qubits - target_count(kind) + 1));
  Gate gate{kind,
            {order.begin(), order.begin() + targets},
            {order.begin() + targets, order.begin() + targets + controls},
            {}};
  if (has_angle(kind))
    gate.angle = random() % 4 == 0 ? Angle::constant(random.normal())
                                   : Angle::of(random() % parameters, random.normal(), random.normal());
  return gate;
}

/// Every kind of gate once and then some, in random order.
inline Circuit random_circuit(std::size_t qubits, std::size_t parameters, RandomStream& random) {
  std::vector<GateKind> kinds(gate_kinds.begin(), gate_kinds.end());
  for (std::size_t i = kinds.size(); i > 1; --i) std::swap(kinds[i - 1], kinds[random() % i]);
  Circuit circuit(qubits);
  for (const GateKind kind : kinds) circuit.append(random_gate(kind, qubits, parameters, random));
  return circuit;
}

inline std::vector<double> random_row(std::size_t parameters, RandomStream& random) {
  std::vector<double> theta(parameters);
  for (double& angle : theta) angle = 6 * random.uniform() - 3;
  return theta;
}

}  // namespace bornite::test
