#pragma once
// Circuits as dense matrices, for checks against linear algebra.

#include "bornite/circuit/circuit.hpp"

#include <Eigen/Dense>
#include <algorithm>
#include <cmath>
#include <complex>

namespace bornite::test {

using Complex = std::complex<double>;
using Matrix = Eigen::MatrixXcd;

/// The matrix of a gate on its targets alone, straight from the definitions: exp(-i t P/2) = cos(t/2) - i sin(t/2) P,
/// roots of Z as phases, roots of X as Hadamard conjugates of roots of Z. Target k is bit k of the index.
inline Matrix defined_matrix(GateKind kind, double angle) {
  using namespace std::complex_literals;
  const Matrix one = Matrix::Identity(2, 2);
  Matrix x(2, 2), y(2, 2), z(2, 2), swap = Matrix::Zero(4, 4);
  x << 0, 1, 1, 0;
  y << 0, -1i, 1i, 0;
  z << 1, 0, 0, -1;
  swap(0, 0) = swap(1, 2) = swap(2, 1) = swap(3, 3) = 1;
  const Matrix h = (x + z) / std::sqrt(2.0);
  const auto rotation = [&](const Matrix& p) -> Matrix {
    return std::cos(angle / 2) * one - 1i * std::sin(angle / 2) * p;
  };
  const auto phase = [&](double t) -> Matrix { return (one + z) / 2 + std::exp(1i * t) * (one - z) / 2; };
  const double quarter = std::acos(0.0);
  switch (kind) {
    case GateKind::x: return x;
    case GateKind::y: return y;
    case GateKind::z: return z;
    case GateKind::h: return h;
    case GateKind::s: return phase(quarter);
    case GateKind::sdg: return phase(-quarter);
    case GateKind::t: return phase(quarter / 2);
    case GateKind::tdg: return phase(-quarter / 2);
    case GateKind::sx: return h * phase(quarter) * h;
    case GateKind::sxdg: return h * phase(-quarter) * h;
    case GateKind::rx: return rotation(x);
    case GateKind::ry: return rotation(y);
    case GateKind::rz: return rotation(z);
    case GateKind::phase: return phase(angle);
    case GateKind::swap: return swap;
    case GateKind::global_phase: return Matrix::Constant(1, 1, std::exp(1i * angle));
  }
  return {};
}

/// The gate on `qubits` qubits, column by column.
inline Matrix unitary(const Gate& gate, std::size_t qubits, std::span<const double> theta) {
  const Matrix small = defined_matrix(gate.kind, gate.angle.value(theta));
  const std::size_t size = std::size_t{1} << qubits;
  Matrix full = Matrix::Zero(static_cast<Eigen::Index>(size), static_cast<Eigen::Index>(size));
  for (std::size_t column = 0; column < size; ++column) {
    const bool active = std::ranges::all_of(gate.controls, [&](Qubit q) { return (column >> q) & 1U; });
    std::size_t local = 0;
    for (std::size_t k = 0; k < gate.targets.size(); ++k) local |= ((column >> gate.targets[k]) & 1U) << k;
    for (std::size_t out = 0; out < static_cast<std::size_t>(small.rows()); ++out) {
      std::size_t row = column;
      for (std::size_t k = 0; k < gate.targets.size(); ++k) {
        row &= ~(std::size_t{1} << gate.targets[k]);
        row |= ((out >> k) & 1U) << gate.targets[k];
      }
      const Complex entry = active ? small(static_cast<Eigen::Index>(out), static_cast<Eigen::Index>(local))
                                   : Complex(out == local ? 1.0 : 0.0);
      full(static_cast<Eigen::Index>(row), static_cast<Eigen::Index>(column)) = entry;
    }
  }
  return full;
}

inline Matrix unitary(const Circuit& circuit, std::span<const double> theta) {
  const auto size = Eigen::Index{1} << circuit.qubits();
  Matrix product = Matrix::Identity(size, size);
  for (const Gate& gate : circuit.gates()) product = unitary(gate, circuit.qubits(), theta) * product;
  return product;
}

/// Largest difference of two entries.
inline double distance(const Matrix& a, const Matrix& b) { return (a - b).cwiseAbs().maxCoeff(); }

}  // namespace bornite::test
