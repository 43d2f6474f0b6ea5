#pragma once
// Programs read in tests.

#include "bornite/qasm/reader.hpp"
#include "catch.hpp"
#include "dense.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace bornite::test {

using Matrix = Eigen::MatrixXcd;

inline QasmProgram program(std::string_view text) {
  INFO(text);
  Result<QasmProgram> result = read_qasm(text, "test.qasm");
  REQUIRE(result);
  return *std::move(result);
}

/// The matrix of a program without inputs; the first declared qubit is the lowest bit of the index.
inline Matrix matrix_of(std::string_view text, const std::vector<double>& theta = {}) {
  return dense_matrix(program(text).circuit, theta);
}

/// The matrix of statements over stdgates.inc and the qubits q[0], ...
inline Matrix matrix_of(std::size_t qubits, std::string_view statements) {
  return matrix_of("OPENQASM 3.1; include \"stdgates.inc\"; qubit[" + std::to_string(qubits) + "] q; " +
                   std::string(statements));
}

inline double distance(const Matrix& a, const Matrix& b) {
  REQUIRE(a.rows() == b.rows());
  return (a - b).cwiseAbs().maxCoeff();
}

/// The message that a program is refused with.
inline std::string refusal(std::string_view text, const QasmLimits& limits = {}) {
  INFO(text);
  const Result<QasmProgram> result = read_qasm(text, "test.qasm", limits);
  REQUIRE_FALSE(result);
  return result.error().message;
}

}  // namespace bornite::test
