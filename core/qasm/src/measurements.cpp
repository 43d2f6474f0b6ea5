// What is done to qubits besides gates.

#include "interpreter.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace bornite::qasm {

Result<Interpreter::Operand> Interpreter::qubit_operand() {
  BORNITE_TRY(Operand operand, evaluator_.operand("A qubit"));
  if (operand.kind != SymbolKind::qubits)
    return cursor_.refuse(operand.token,
                          fmt::format("\"{}\" is classical; a qubit is expected here.", cursor_.text(operand.token)));
  if (operand.token.kind == TokenKind::physical) {
    if (in_gate_) return cursor_.refuse(operand.token, "A physical qubit cannot stand in the body of a gate.");
    if (qubits_ != 0)
      return cursor_.unsupported(operand.token, "A physical qubit beside declared ones",
                                 "Use either q[i] or $i throughout.");
    if (states_.size() < evaluator_.physical_qubits()) states_.resize(evaluator_.physical_qubits());
  }
  return operand;
}

/// What is done to measured qubits is refused.
Result<void> Interpreter::use(const Operand& operand, QubitState next) {
  BORNITE_CHECK(cursor_.charge(operand.selection.size()));
  for (std::size_t i = 0; i < operand.selection.size(); ++i) {
    QubitState& state = states_[operand.selection[i]];
    if (state == QubitState::measured)
      return cursor_.unsupported(
          operand.token, fmt::format("Using qubit {} after its measurement", operand.selection[i]),
          "Measurements come last here: each qubit is measured at most once, after all its gates.");
    state = next;
  }
  return {};
}

Result<void> Interpreter::barrier() {
  cursor_.advance();
  while (!cursor_.at(TokenKind::semicolon)) {
    BORNITE_CHECK(qubit_operand());
    if (!cursor_.accept(TokenKind::comma)) break;
  }
  return end_of_statement();
}

/// Takes time, and is otherwise nothing.
Result<void> Interpreter::delay() {
  cursor_.advance();
  if (!cursor_.at(TokenKind::left_bracket)) return cursor_.expected("A duration in brackets");
  BORNITE_CHECK(cursor_.skip_balanced());
  while (!cursor_.at(TokenKind::semicolon)) {
    BORNITE_CHECK(qubit_operand());
    if (!cursor_.accept(TokenKind::comma)) break;
  }
  return end_of_statement();
}

Result<void> Interpreter::reset() {
  const Token keyword = cursor_.token();
  if (in_gate_) return cursor_.refuse(keyword, "\"reset\" cannot stand in the body of a gate.");
  cursor_.advance();
  BORNITE_TRY(const Operand operand, qubit_operand());
  BORNITE_CHECK(cursor_.charge(operand.selection.size()));
  for (std::size_t i = 0; i < operand.selection.size(); ++i)
    if (states_[operand.selection[i]] != QubitState::untouched)
      return cursor_.unsupported(keyword, fmt::format("Resetting qubit {} after its first use", operand.selection[i]),
                                 "Qubits start in 0; use a fresh one.");
  return end_of_statement();
}

Result<void> Interpreter::measure() {
  const Token keyword = cursor_.token();
  if (in_gate_) return cursor_.refuse(keyword, "\"measure\" cannot stand in the body of a gate.");
  cursor_.advance();
  BORNITE_TRY(const Operand qubits, qubit_operand());
  if (cursor_.accept(TokenKind::arrow)) {
    BORNITE_TRY(const Operand bits, evaluator_.operand("A bit or register"));
    BORNITE_CHECK(record(qubits, &bits));
  } else {
    BORNITE_CHECK(record(qubits, nullptr));
  }
  return end_of_statement();
}

/// The word "measure" has been read.
Result<void> Interpreter::measure_into(const Operand& bits) {
  BORNITE_TRY(const Operand qubits, qubit_operand());
  return record(qubits, &bits);
}

Result<void> Interpreter::record(const Operand& qubits, const Operand* bits) {
  const std::size_t size = qubits.selection.size();
  if (bits != nullptr && bits->kind != SymbolKind::bits)
    return cursor_.refuse(bits->token, fmt::format("\"{}\" are no classical bits.", cursor_.text(bits->token)));
  if (bits != nullptr && bits->selection.size() != size)
    return cursor_.refuse(bits->token,
                          fmt::format("{} qubit{} cannot be measured into {} bit{}.", size, size == 1 ? "" : "s",
                                      bits->selection.size(), bits->selection.size() == 1 ? "" : "s"));
  BORNITE_CHECK(use(qubits, QubitState::measured));
  for (std::size_t i = 0; i < size; ++i) {
    if (bits == nullptr)
      unassigned_.push_back(qubits.selection[i]);
    else
      sources_[bits->selection[i]] = qubits.selection[i];
  }
  if (Symbol* symbol = bits == nullptr ? nullptr : symbols_.find(bits->token.word); symbol != nullptr)
    symbol->is_known = false;
  return {};
}

}  // namespace bornite::qasm
