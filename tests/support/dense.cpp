#include "dense.hpp"

#include <Eigen/Eigenvalues>
#include <algorithm>
#include <cmath>
#include <complex>
#include <limits>
#include <unsupported/Eigen/KroneckerProduct>
#include <unsupported/Eigen/MatrixFunctions>

namespace bornite::test {

Eigen::MatrixXcd exponential(const Eigen::MatrixXcd& matrix) { return matrix.exp(); }

Eigen::MatrixXcd kronecker(const Eigen::MatrixXcd& high, const Eigen::MatrixXcd& low) {
  return Eigen::kroneckerProduct(high, low);
}

Eigen::MatrixXcd power(const Eigen::MatrixXcd& unitary, double exponent) {
  const Eigen::ComplexSchur<Eigen::MatrixXcd> schur(unitary);  // of a normal matrix: diagonal
  Eigen::VectorXcd values = schur.matrixT().diagonal();
  for (auto& value : values) {
    const double angle = std::arg(value) < -M_PI + 1e-9 ? M_PI : std::arg(value);
    value = std::polar(1.0, exponent * angle);
  }
  return schur.matrixU() * values.asDiagonal() * schur.matrixU().adjoint();
}

double distance(const Eigen::MatrixXcd& a, const Eigen::MatrixXcd& b) {
  if (a.rows() != b.rows() || a.cols() != b.cols()) return std::numeric_limits<double>::infinity();
  return (a - b).cwiseAbs().maxCoeff();
}

double distance_up_to_phase(const Eigen::MatrixXcd& a, const Eigen::MatrixXcd& b) {
  const std::complex<double> overlap = (a.adjoint() * b).trace();
  return std::abs(overlap) == 0 ? 2 : distance(a * (overlap / std::abs(overlap)), b);
}

Eigen::MatrixXcd dense_matrix(const Gate& gate, std::size_t qubits, std::span<const double> theta) {
  using Matrix = Eigen::MatrixXcd;
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

Eigen::VectorXcd dense_state(const Circuit& circuit, std::span<const double> theta) {
  Eigen::VectorXcd state = Eigen::VectorXcd::Zero(Eigen::Index{1} << circuit.qubits());
  state(0) = 1;
  for (const Gate& gate : circuit.gates()) state = dense_matrix(gate, circuit.qubits(), theta) * state;
  return state;
}

Eigen::MatrixXcd dense_matrix(const Circuit& circuit, std::span<const double> theta) {
  const Eigen::Index size = Eigen::Index{1} << circuit.qubits();
  Eigen::MatrixXcd result = Eigen::MatrixXcd::Identity(size, size);
  for (const Gate& gate : circuit.gates()) result = dense_matrix(gate, circuit.qubits(), theta) * result;
  return result;
}

}  // namespace bornite::test
