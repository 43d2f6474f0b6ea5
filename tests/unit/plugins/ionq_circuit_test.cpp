// The gates that IonQ is sent, carried out here from their names alone.
#include "ionq_circuit.hpp"

#include <algorithm>
#include <numbers>
#include <numeric>
#include <random>

#include "catch.hpp"
#include "dense.hpp"

using namespace bornite;
using namespace std::complex_literals;
using nlohmann::json;

namespace {

using Complex = std::complex<double>;
using State = std::vector<Complex>;

/// The 2x2 matrix of a gate of the set "qis", row by row, as IonQ defines it.
std::array<Complex, 4> matrix_of(const json& gate) {
  const std::string name = gate.at("gate");
  const double half = gate.value("rotation", 0.0) / 2;
  const Complex r = 1 / std::numbers::sqrt2;
  if (name == "x" || name == "cnot") return {0, 1, 1, 0};
  if (name == "y") return {0, -1i, 1i, 0};
  if (name == "z") return {1, 0, 0, -1};
  if (name == "h") return {r, r, r, -r};
  if (name == "s") return {1, 0, 0, 1i};
  if (name == "si") return {1, 0, 0, -1i};
  if (name == "t") return {1, 0, 0, std::polar(1.0, std::numbers::pi / 4)};
  if (name == "ti") return {1, 0, 0, std::polar(1.0, -std::numbers::pi / 4)};
  if (name == "v") return {(1.0 + 1i) / 2.0, (1.0 - 1i) / 2.0, (1.0 - 1i) / 2.0, (1.0 + 1i) / 2.0};
  if (name == "vi") return {(1.0 - 1i) / 2.0, (1.0 + 1i) / 2.0, (1.0 + 1i) / 2.0, (1.0 - 1i) / 2.0};
  if (name == "rx") return {std::cos(half), -1i * std::sin(half), -1i * std::sin(half), std::cos(half)};
  if (name == "ry") return {std::cos(half), -std::sin(half), std::sin(half), std::cos(half)};
  if (name == "rz") return {std::polar(1.0, -half), 0, 0, std::polar(1.0, half)};
  throw std::invalid_argument("no gate of the set: " + gate.dump());
}

std::size_t mask_of(const json& gate, const char* one, const char* many) {
  std::size_t mask = 0;
  if (gate.contains(one)) mask |= std::size_t{1} << gate.at(one).get<std::size_t>();
  if (gate.contains(many))
    for (const std::size_t qubit : gate.at(many)) mask |= std::size_t{1} << qubit;
  return mask;
}

void apply(const json& gate, State& state) {
  const std::size_t controls = mask_of(gate, "control", "controls");
  const std::size_t targets = mask_of(gate, "target", "targets");
  REQUIRE((controls & targets) == 0);
  if (gate.at("gate") == "swap") {
    for (std::size_t s = 0; s < state.size(); ++s)
      if ((s & controls) == controls && (s & targets) == (targets & -targets)) std::swap(state[s], state[s ^ targets]);
    return;
  }
  const auto u = matrix_of(gate);
  for (std::size_t s = 0; s < state.size(); ++s) {
    if ((s & targets) != 0 || (s & controls) != controls) continue;
    const Complex zero = state[s];
    const Complex one = state[s | targets];
    state[s] = u[0] * zero + u[1] * one;
    state[s | targets] = u[2] * zero + u[3] * one;
  }
}

Circuit random_circuit(std::mt19937& random, std::size_t qubits) {
  Circuit circuit(qubits);
  for (Qubit q = 0; q < qubits; ++q) circuit.ry(q, Angle::constant(0.3 + q)).rz(q, Angle::constant(1.0 - 0.4 * q));
  std::vector<Qubit> order(qubits);
  for (int g = 0; g < 20; ++g) {
    std::iota(order.begin(), order.end(), Qubit{0});
    std::ranges::shuffle(order, random);
    Gate gate{static_cast<GateKind>(random() % 16), {}, {}, {}};
    const auto targets = static_cast<std::ptrdiff_t>(target_count(gate.kind));
    const auto controls = static_cast<std::ptrdiff_t>(random() % (qubits - target_count(gate.kind) + 1));
    gate.targets.assign(order.begin(), order.begin() + targets);
    gate.controls.assign(order.begin() + targets, order.begin() + targets + controls);
    if (has_angle(gate.kind)) gate.angle = Angle::of(random() % 3, 0.5 + static_cast<double>(random() % 3), 0.1);
    circuit.append(gate);
  }
  return circuit;
}

}  // namespace

TEST_CASE("ionq: the gates that are sent make the circuit's state, up to a global phase") {
  std::mt19937 random(11);
  for (int repeat = 0; repeat < 100; ++repeat) {
    const std::size_t qubits = 2 + random() % 4;
    const Circuit circuit = random_circuit(random, qubits);
    const std::vector<double> theta{0.7, -2.1, static_cast<double>(random() % 100) / 7};
    State state(std::size_t{1} << qubits, 0);
    state[0] = 1;
    for (const json& gate : ionq_gates(circuit, theta)) apply(gate, state);
    const Eigen::VectorXcd expected = test::dense_state(circuit, theta);
    Complex overlap = 0;
    for (std::size_t s = 0; s < state.size(); ++s)
      overlap += std::conj(expected(static_cast<Eigen::Index>(s))) * state[s];
    CHECK(std::abs(overlap) == Approx(1).margin(1e-10));
  }
}

TEST_CASE("ionq: a gate names its qubits in the singular where there is one") {
  Circuit circuit(4);
  circuit.append({GateKind::z, {3}, {0, 1}, {}}).swap(1, 2).append({GateKind::sxdg, {0}, {2}, {}});
  CHECK(ionq_gates(circuit, {}) == json::parse(R"([{"gate": "z", "target": 3, "controls": [0, 1]},
    {"gate": "swap", "targets": [1, 2]}, {"gate": "vi", "target": 0, "control": 2}])"));
  CHECK(ionq_gates(Circuit(1).append({GateKind::global_phase, {}, {}, Angle::constant(1)}), {}).empty());
}
