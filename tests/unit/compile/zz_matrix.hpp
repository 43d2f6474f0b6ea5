#pragma once
// What a circuit in the compiler's own form does, as a matrix.

#include <Eigen/Core>

#include <span>

#include "bornite/compile/zz_circuit.hpp"
#include "dense.hpp"

namespace bornite::test {

Eigen::Matrix2cd matrix_of(const Rotation& r);

void apply(Eigen::MatrixXcd& columns, const Eigen::Matrix2cd& u, Qubit qubit);

/// What the circuit makes of these states.
Eigen::MatrixXcd zz_states(const ZzCircuit& circuit, std::span<const double> theta, Eigen::MatrixXcd columns);

Eigen::MatrixXcd zz_matrix(const ZzCircuit& circuit, std::span<const double> theta);

/// Operations on two qubits.
std::size_t zz_count(const ZzCircuit& circuit);

}  // namespace bornite::test
