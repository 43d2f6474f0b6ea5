#include "dense_reference.hpp"

#include <Eigen/Core>
#include <algorithm>
#include <complex>
#include <numbers>
#include <numeric>

namespace bornite {
namespace {

using Matrix = Eigen::MatrixXcd;
using namespace std::complex_literals;

/// The matrix of a kind on its own targets, from the definitions in the literature; target 0 is the lower bit.
Matrix small_matrix(GateKind kind, double t) {
  constexpr double r = std::numbers::sqrt2 / 2;
  Matrix x(2, 2), y(2, 2), z(2, 2), h(2, 2), swap(4, 4);
  x << 0, 1, 1, 0;
  y << 0, -1i, 1i, 0;
  z << 1, 0, 0, -1;
  h << r, r, r, -r;
  swap << 1, 0, 0, 0, 0, 0, 1, 0, 0, 1, 0, 0, 0, 0, 0, 1;
  const Matrix one = Matrix::Identity(2, 2);
  const auto rotation = [&](const Matrix& pauli) -> Matrix {
    return std::cos(t / 2) * one - 1i * std::sin(t / 2) * pauli;
  };
  const auto phase = [&](double angle) -> Matrix {
    return Eigen::Vector2cd(1.0, std::polar(1.0, angle)).asDiagonal().toDenseMatrix();
  };
  switch (kind) {
    case GateKind::x: return x;
    case GateKind::y: return y;
    case GateKind::z: return z;
    case GateKind::h: return h;
    case GateKind::s: return phase(std::numbers::pi / 2);
    case GateKind::sdg: return phase(-std::numbers::pi / 2);
    case GateKind::t: return phase(std::numbers::pi / 4);
    case GateKind::tdg: return phase(-std::numbers::pi / 4);
    case GateKind::sx: return (1.0 + 1i) / 2.0 * one + (1.0 - 1i) / 2.0 * x;
    case GateKind::sxdg: return (1.0 - 1i) / 2.0 * one + (1.0 + 1i) / 2.0 * x;
    case GateKind::rx: return rotation(x);
    case GateKind::ry: return rotation(y);
    case GateKind::rz: return rotation(z);
    case GateKind::phase: return phase(t);
    case GateKind::swap: return swap;
    case GateKind::global_phase: return Matrix::Constant(1, 1, std::polar(1.0, t));
  }
  return {};
}

Matrix full_matrix(const Gate& gate, std::size_t qubits, double angle) {
  const Matrix small = small_matrix(gate.kind, angle);
  const auto size = Eigen::Index{1} << qubits;
  Matrix full = Matrix::Zero(size, size);
  for (Eigen::Index from = 0; from < size; ++from) {
    const bool active = std::ranges::all_of(gate.controls, [&](Qubit c) { return (from >> c) & 1; });
    if (!active) {
      full(from, from) = 1;
      continue;
    }
    Eigen::Index column = 0;
    for (std::size_t i = 0; i < gate.targets.size(); ++i) column |= ((from >> gate.targets[i]) & 1) << i;
    for (Eigen::Index row = 0; row < small.rows(); ++row) {
      Eigen::Index to = from;
      for (std::size_t i = 0; i < gate.targets.size(); ++i) {
        const Eigen::Index bit = Eigen::Index{1} << gate.targets[i];
        to = ((row >> i) & 1) ? (to | bit) : (to & ~bit);
      }
      full(to, from) += small(row, column);
    }
  }
  return full;
}

}  // namespace

std::vector<double> dense_probabilities(const Circuit& circuit, std::span<const double> theta) {
  Eigen::VectorXcd psi = Eigen::VectorXcd::Zero(Eigen::Index{1} << circuit.qubits());
  psi(0) = 1;
  for (const Gate& gate : circuit.gates())
    psi = full_matrix(gate, circuit.qubits(), has_angle(gate.kind) ? gate.angle.value(theta) : 0.0) * psi;
  const Eigen::VectorXd q = psi.cwiseAbs2();
  return {q.begin(), q.end()};
}

Circuit random_circuit(std::size_t qubits, std::size_t gates, std::size_t parameters, RandomStream& random) {
  Circuit circuit(qubits);
  for (Qubit q = 0; q < qubits; ++q) circuit.h(q);
  std::vector<Qubit> shuffled(qubits);
  std::iota(shuffled.begin(), shuffled.end(), Qubit{0});
  for (std::size_t g = 0; g < gates; ++g) {
    std::ranges::shuffle(shuffled, random);
    Gate gate{static_cast<GateKind>(random() % 16), {}, {}, {}};
    const std::size_t targets = target_count(gate.kind);
    const std::size_t controls = std::min<std::size_t>(random() % 3, qubits - targets);
    gate.targets.assign(shuffled.begin(), shuffled.begin() + static_cast<std::ptrdiff_t>(targets));
    gate.controls.assign(shuffled.begin() + static_cast<std::ptrdiff_t>(targets),
                         shuffled.begin() + static_cast<std::ptrdiff_t>(targets + controls));
    if (has_angle(gate.kind))
      gate.angle = parameters > 0 ? Angle::of(g % parameters, 2 * random.uniform() - 1, random.uniform())
                                  : Angle::constant(6 * random.uniform());
    circuit.append(gate);
  }
  if (parameters > 0) circuit.ry(0, Angle::of(parameters - 1));
  return circuit;
}

std::vector<double> random_angles(std::size_t count, RandomStream& random) {
  std::vector<double> angles(count);
  for (double& angle : angles) angle = 2 * std::numbers::pi * random.uniform();
  return angles;
}

}  // namespace bornite
