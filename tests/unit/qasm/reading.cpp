#include "reading.hpp"

#include "catch.hpp"

namespace bornite::test {

QasmProgram program(std::string_view text) {
  INFO(text);
  Result<QasmProgram> result = read_qasm(text, "test.qasm");
  REQUIRE(result);
  return *std::move(result);
}

Matrix matrix_of(std::string_view text, const std::vector<double>& theta) {
  return dense_matrix(program(text).circuit, theta);
}

Matrix matrix_of(std::size_t qubits, std::string_view statements) {
  return matrix_of("OPENQASM 3.1; include \"stdgates.inc\"; qubit[" + std::to_string(qubits) + "] q; " +
                   std::string(statements));
}

std::string refusal(std::string_view text, const QasmLimits& limits) {
  INFO(text);
  const Result<QasmProgram> result = read_qasm(text, "test.qasm", limits);
  REQUIRE_FALSE(result);
  return result.error().message;
}

}  // namespace bornite::test
