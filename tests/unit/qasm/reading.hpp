#pragma once
// Programs read in tests.

#include "bornite/qasm/reader.hpp"
#include "dense.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace bornite::test {

using Matrix = Eigen::MatrixXcd;

QasmProgram program(std::string_view text);

/// The matrix of a program without inputs; the first declared qubit is the lowest bit of the index.
Matrix matrix_of(std::string_view text, const std::vector<double>& theta = {});

/// The matrix of statements over stdgates.inc and the qubits q[0], ...
Matrix matrix_of(std::size_t qubits, std::string_view statements);

/// The message that a program is refused with.
std::string refusal(std::string_view text, const QasmLimits& limits = {});

}  // namespace bornite::test
