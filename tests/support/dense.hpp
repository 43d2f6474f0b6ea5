#pragma once
// Circuits as full 2^N x 2^N matrices, straight from the definitions: slow, small, and independent of every engine.

#include "bornite/circuit/circuit.hpp"

#include <Eigen/Core>

#include <span>

namespace bornite::test {

/// The exponential of a square matrix, by Pade approximation.
Eigen::MatrixXcd exponential(const Eigen::MatrixXcd& matrix);

/// The Kronecker product; of qubits, those of `low` are the lower ones.
Eigen::MatrixXcd kronecker(const Eigen::MatrixXcd& high, const Eigen::MatrixXcd& low);

/// The principal power of a unitary matrix.
Eigen::MatrixXcd power(const Eigen::MatrixXcd& unitary, double exponent);

/// Largest difference of two entries; infinite for other shapes.
double distance(const Eigen::MatrixXcd& a, const Eigen::MatrixXcd& b);

/// As above, after the best global phase; 2 where no phase is better than another.
double distance_up_to_phase(const Eigen::MatrixXcd& a, const Eigen::MatrixXcd& b);

/// The gate's matrix on `qubits` qubits at these parameters; qubit i is bit i of the index. One factor per qubit is
/// multiplied up by Kronecker products: 1 - P + P (x) U with P the projector onto all controls being 1.
Eigen::MatrixXcd dense_matrix(const Gate& gate, std::size_t qubits, std::span<const double> theta);

/// The state that the circuit makes of |0...0>.
Eigen::VectorXcd dense_state(const Circuit& circuit, std::span<const double> theta);

/// The circuit's own matrix.
Eigen::MatrixXcd dense_matrix(const Circuit& circuit, std::span<const double> theta);

}  // namespace bornite::test
