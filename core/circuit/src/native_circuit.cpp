#include "bornite/circuit/native_circuit.hpp"

#include <algorithm>
#include <numbers>

namespace bornite {
namespace {

constexpr double half_pi = std::numbers::pi / 2;

struct Description {
  NativeKind kind;
  std::string_view name;
  std::size_t qubits;
  std::size_t angles;
};

constexpr std::array descriptions{
    Description{NativeKind::x, "x", 1, 0},     Description{NativeKind::sx, "sx", 1, 0},
    Description{NativeKind::rx, "rx", 1, 1},   Description{NativeKind::ry, "ry", 1, 1},
    Description{NativeKind::rz, "rz", 1, 1},   Description{NativeKind::prx, "prx", 1, 2},
    Description{NativeKind::gpi, "gpi", 1, 1}, Description{NativeKind::gpi2, "gpi2", 1, 1},
    Description{NativeKind::cz, "cz", 2, 0},   Description{NativeKind::cx, "cx", 2, 0},
    Description{NativeKind::ecr, "ecr", 2, 0}, Description{NativeKind::rzz, "rzz", 2, 1},
    Description{NativeKind::rxx, "rxx", 2, 1}, Description{NativeKind::ms, "ms", 2, 3},
};

const Description& description(NativeKind kind) { return descriptions[static_cast<std::size_t>(kind)]; }

/// Builds the expansion of one gate.
class Expansion {
 public:
  Expansion& add(GateKind kind, Qubit target, std::vector<Qubit> controls = {}) {
    gates_.push_back({kind, {target}, std::move(controls), {}});
    return *this;
  }
  Expansion& rotate(GateKind kind, Qubit target, const AngleSum& angle) {
    for (const Angle& part : angle.split()) gates_.push_back({kind, {target}, {}, part});
    return *this;
  }
  /// exp(-i t ZZ/2)
  Expansion& rotate_both(const AngleSum& angle, Qubit first, Qubit second) {
    return add(GateKind::x, second, {first}).rotate(GateKind::rz, second, angle).add(GateKind::x, second, {first});
  }
  std::vector<Gate> take() { return std::move(gates_); }

 private:
  std::vector<Gate> gates_;
};

}  // namespace

std::string_view to_string(NativeKind kind) { return description(kind).name; }

std::optional<NativeKind> parse_native_kind(std::string_view name) {
  const auto found = std::ranges::find(descriptions, name, &Description::name);
  return found == descriptions.end() ? std::nullopt : std::optional(found->kind);
}

std::size_t qubit_count(NativeKind kind) { return description(kind).qubits; }
std::size_t angle_count(NativeKind kind) { return description(kind).angles; }

std::size_t NativeCircuit::parameters() const {
  std::size_t count = 0;
  for (const NativeGate& gate : gates)
    for (const AngleSum& angle : gate.angles)
      if (!angle.is_constant()) count = std::max(count, static_cast<std::size_t>(angle.terms().back().parameter) + 1);
  return count;
}

std::vector<Gate> expand(const NativeGate& gate) {
  const auto [a, b] = gate.qubits;
  const auto& angles = gate.angles;
  Expansion gates;
  switch (gate.kind) {
    case NativeKind::x: gates.add(GateKind::x, a); break;
    case NativeKind::sx: gates.add(GateKind::sx, a); break;
    case NativeKind::rx: gates.rotate(GateKind::rx, a, angles[0]); break;
    case NativeKind::ry: gates.rotate(GateKind::ry, a, angles[0]); break;
    case NativeKind::rz: gates.rotate(GateKind::rz, a, angles[0]); break;
    case NativeKind::prx:
      gates.rotate(GateKind::rz, a, -angles[1]).rotate(GateKind::rx, a, angles[0]);
      gates.rotate(GateKind::rz, a, angles[1]);
      break;
    case NativeKind::gpi:
      gates.rotate(GateKind::rz, a, -angles[0]).add(GateKind::x, a).rotate(GateKind::rz, a, angles[0]);
      break;
    case NativeKind::gpi2:
      gates.rotate(GateKind::rz, a, -angles[0]).rotate(GateKind::rx, a, half_pi).rotate(GateKind::rz, a, angles[0]);
      break;
    case NativeKind::cz: gates.add(GateKind::z, b, {a}); break;
    case NativeKind::cx: gates.add(GateKind::x, b, {a}); break;
    case NativeKind::ecr:
      gates.add(GateKind::s, a).add(GateKind::sx, b).add(GateKind::x, b, {a}).add(GateKind::x, a);
      break;
    case NativeKind::rzz: gates.rotate_both(angles[0], a, b); break;
    case NativeKind::rxx:
      gates.add(GateKind::h, a).add(GateKind::h, b).rotate_both(angles[0], a, b);
      gates.add(GateKind::h, a).add(GateKind::h, b);
      break;
    case NativeKind::ms:
      gates.rotate(GateKind::rz, a, -angles[0]).rotate(GateKind::rz, b, -angles[1]);
      gates.add(GateKind::h, a).add(GateKind::h, b).rotate_both(angles[2], a, b);
      gates.add(GateKind::h, a).add(GateKind::h, b);
      gates.rotate(GateKind::rz, a, angles[0]).rotate(GateKind::rz, b, angles[1]);
      break;
  }
  return gates.take();
}

Circuit expand(const NativeCircuit& circuit) {
  Circuit expanded(circuit.qubits);
  for (const NativeGate& native : circuit.gates)
    for (Gate& gate : expand(native)) expanded.append(std::move(gate));
  return expanded;
}

}  // namespace bornite
