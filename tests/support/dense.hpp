#pragma once
// Circuits as full 2^N x 2^N matrices, straight from the definitions: slow, small, and independent of every engine.

#include "bornite/circuit/circuit.hpp"

#include <Eigen/Dense>

#include <algorithm>
#include <complex>
#include <span>

namespace bornite::test {

/// The gate's matrix on `qubits` qubits at these parameters; qubit i is bit i of the index. One factor per qubit is
/// multiplied up by Kronecker products: 1 - P + P (x) U with P the projector onto all controls being 1.
inline Eigen::MatrixXcd dense_matrix(const Gate& gate, std::size_t qubits, std::span<const double> theta) {
  using Matrix = Eigen::MatrixXcd;
  const auto kronecker = [](const Matrix& a, const Matrix& b) {
    Matrix result(a.rows() * b.rows(), a.cols() * b.cols());
    for (Eigen::Index i = 0; i < a.rows(); ++i)
      for (Eigen::Index j = 0; j < a.cols(); ++j)
        result.block(i * b.rows(), j * b.cols(), b.rows(), b.cols()) = a(i, j) * b;
    return result;
  };
  // The product over all qubits, highest first, of what `factor` gives for each.
  const auto product = [&](const auto& factor) {
    Matrix result = Matrix::Identity(1, 1);
    for (std::size_t q = qubits; q-- != 0;) result = kronecker(result, factor(static_cast<Qubit>(q)));
    return result;
  };
  const Matrix one = Matrix::Identity(2, 2);
  const Matrix projector = (Matrix(2, 2) << 0, 0, 0, 1).finished();
  const auto is_control = [&](Qubit q) {
    return std::find(gate.controls.begin(), gate.controls.end(), q) != gate.controls.end();
  };
  const auto selected = [&](const auto& on_target) {
    return product([&](Qubit q) { return is_control(q) ? projector : on_target(q); });
  };
  const auto unit = [](Eigen::Index i, Eigen::Index j) {
    Matrix result = Matrix::Zero(2, 2);
    result(i, j) = 1;
    return result;
  };

  const double angle = gate.angle.value(theta);
  const Matrix all = selected([&](Qubit) { return one; });
  Matrix acting = Matrix::Zero(all.rows(), all.cols());
  if (gate.kind == GateKind::global_phase) {
    acting = all * std::polar(1.0, angle);
  } else if (gate.kind == GateKind::swap) {
    for (Eigen::Index i = 0; i < 2; ++i)
      for (Eigen::Index j = 0; j < 2; ++j)
        acting += selected([&](Qubit q) {
          return q == gate.targets[0] ? unit(i, j) : q == gate.targets[1] ? unit(j, i) : one;
        });
  } else {
    const auto entries = matrix(gate.kind, angle);
    const Matrix u = (Matrix(2, 2) << entries[0], entries[1], entries[2], entries[3]).finished();
    acting = selected([&](Qubit q) { return q == gate.targets[0] ? u : one; });
  }
  return Matrix::Identity(all.rows(), all.cols()) - all + acting;
}

/// The state that the circuit makes of |0...0>.
inline Eigen::VectorXcd dense_state(const Circuit& circuit, std::span<const double> theta) {
  Eigen::VectorXcd state = Eigen::VectorXcd::Zero(Eigen::Index{1} << circuit.qubits());
  state(0) = 1;
  for (const Gate& gate : circuit.gates()) state = dense_matrix(gate, circuit.qubits(), theta) * state;
  return state;
}

/// The circuit's own matrix.
inline Eigen::MatrixXcd dense_matrix(const Circuit& circuit, std::span<const double> theta) {
  const Eigen::Index size = Eigen::Index{1} << circuit.qubits();
  Eigen::MatrixXcd result = Eigen::MatrixXcd::Identity(size, size);
  for (const Gate& gate : circuit.gates()) result = dense_matrix(gate, circuit.qubits(), theta) * result;
  return result;
}

}  // namespace bornite::test
