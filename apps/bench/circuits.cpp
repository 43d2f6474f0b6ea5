#include "circuits.hpp"

#include <algorithm>
#include <array>
#include <initializer_list>
#include <numbers>
#include <numeric>
#include <span>

#include "bornite/util/random.hpp"

namespace bornite::bench {
namespace {

class Draw {
 public:
  explicit Draw(std::uint32_t row) : stream_({.seed = 1, .purpose = StreamPurpose::test, .row = row}) {}

  double number() { return stream_.uniform(); }
  double angle() { return 2 * std::numbers::pi * number(); }
  Qubit qubit(std::size_t qubits) { return static_cast<Qubit>(number() * static_cast<double>(qubits)); }
  Qubit other_qubit(std::size_t qubits, std::initializer_list<Qubit> taken) {
    for (;;) {
      const Qubit drawn = qubit(qubits);
      if (std::find(taken.begin(), taken.end(), drawn) == taken.end()) return drawn;
    }
  }

 private:
  RandomStream stream_;
};

void entangle(Circuit& circuit, Entanglement entanglement, std::size_t layer) {
  const auto qubits = static_cast<Qubit>(circuit.qubits());
  const bool brickwork = entanglement == Entanglement::brickwork;
  for (Qubit i = brickwork ? layer % 2 : 0; i + 1 < qubits; i += brickwork ? 2 : 1) circuit.cx(i, i + 1);
  if (entanglement == Entanglement::ring) circuit.cx(qubits - 1, 0);
}

std::vector<Qubit> all_qubits(std::size_t qubits) {
  std::vector<Qubit> all(qubits);
  std::iota(all.begin(), all.end(), Qubit{0});
  return all;
}

/// Flips the sign of the string that is 0 on `zeros` and 1 elsewhere.
void flip_sign(Circuit& circuit, std::span<const Qubit> zeros) {
  std::vector<Qubit> controls = all_qubits(circuit.qubits());
  const Qubit target = controls.back();
  controls.pop_back();
  for (const Qubit i : zeros) circuit.x(i);
  circuit.append({GateKind::z, {target}, std::move(controls), {}});
  for (const Qubit i : zeros) circuit.x(i);
}

}  // namespace

std::string_view to_string(Entanglement entanglement) {
  switch (entanglement) {
    case Entanglement::linear: return "linear";
    case Entanglement::ring: return "ring";
    case Entanglement::brickwork: return "brickwork";
  }
  return "";
}

Circuit layered_circuit(Entanglement entanglement, std::size_t qubits, std::size_t layers) {
  Circuit circuit(qubits);
  std::size_t parameter = 0;
  for (std::size_t layer = 0; layer < layers; ++layer) {
    for (Qubit i = 0; i < qubits; ++i) circuit.ry(i, Angle::of(parameter++));
    for (Qubit i = 0; i < qubits; ++i) circuit.rz(i, Angle::of(parameter++));
    entangle(circuit, entanglement, layer);
  }
  return circuit;
}

Circuit fourier_circuit(std::size_t qubits) {
  Circuit circuit(qubits);
  Draw draw(1);
  for (Qubit i = 0; i < qubits; ++i) circuit.ry(i, Angle::constant(draw.angle()));
  for (auto i = static_cast<Qubit>(qubits); i-- > 0;) {
    circuit.h(i);
    for (Qubit j = i; j-- > 0;)
      circuit.append(
          {GateKind::phase, {i}, {j}, Angle::constant(std::numbers::pi / static_cast<double>(1U << (i - j)))});
  }
  for (Qubit i = 0; i < qubits / 2; ++i) circuit.swap(i, static_cast<Qubit>(qubits) - 1 - i);
  return circuit;
}

Circuit random_circuit(std::size_t qubits) {
  constexpr std::array kinds{GateKind::rx, GateKind::ry, GateKind::rz, GateKind::h, GateKind::phase};
  Circuit circuit(qubits);
  Draw draw(2);
  for (std::size_t k = 0; k < 10 * qubits; ++k) {
    const GateKind kind = kinds[draw.qubit(kinds.size())];
    const Qubit target = draw.qubit(qubits);
    Gate gate{kind, {target}, {}, has_angle(kind) ? Angle::constant(draw.angle()) : Angle{}};
    if (k % 2 == 1) gate.controls = {draw.other_qubit(qubits, {target})};
    circuit.append(std::move(gate));
  }
  return circuit;
}

Circuit toffoli_circuit(std::size_t qubits) {
  Circuit circuit(qubits);
  Draw draw(3);
  for (Qubit i = 0; i < qubits; ++i) circuit.ry(i, Angle::constant(draw.angle()));
  for (std::size_t k = 0; k < 10 * qubits; ++k) {
    const Qubit target = draw.qubit(qubits);
    const Qubit first = draw.other_qubit(qubits, {target});
    if (k % 2 == 0)
      circuit.ccx(first, draw.other_qubit(qubits, {target, first}), target);
    else
      circuit.cx(first, target);
  }
  return circuit;
}

Circuit search_circuit(std::size_t qubits, std::size_t rounds) {
  Circuit circuit(qubits);
  Draw draw(6);
  std::vector<Qubit> zeros;
  for (Qubit i = 0; i < qubits; ++i) {
    circuit.h(i);
    if (draw.number() < 0.5) zeros.push_back(i);
  }
  for (std::size_t round = 0; round < rounds; ++round) {
    flip_sign(circuit, zeros);
    for (Qubit i = 0; i < qubits; ++i) circuit.h(i);
    flip_sign(circuit, all_qubits(qubits));
    for (Qubit i = 0; i < qubits; ++i) circuit.h(i);
  }
  return circuit;
}

std::vector<double> random_angles(std::size_t count) {
  Draw draw(4);
  std::vector<double> angles(count);
  for (double& angle : angles) angle = draw.angle();
  return angles;
}

std::vector<double> random_numbers(std::size_t count) {
  Draw draw(5);
  std::vector<double> numbers(count);
  for (double& number : numbers) number = draw.number();
  return numbers;
}

}  // namespace bornite::bench
