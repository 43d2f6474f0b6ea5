#pragma once
// Matrices of gates from their definitions, for checks against linear algebra.

#include "bornite/circuit/gate.hpp"

#include <Eigen/Core>

namespace bornite::test {

using ComplexMatrix = Eigen::MatrixXcd;

/// The matrix of a one-target gate straight from its definition: exp(-i t P/2) = cos(t/2) - i sin(t/2) P, roots of Z as
/// phases, roots of X as Hadamard conjugates of roots of Z.
ComplexMatrix defined_matrix(GateKind kind, double angle);

}  // namespace bornite::test
