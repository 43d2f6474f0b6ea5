// Qubits, bits, inputs, constants, variables and aliases.

#include "interpreter.hpp"

#include <fmt/format.h>

namespace bornite::qasm {

Result<void> Interpreter::declare(Symbol symbol) {
  const Token name = symbol.name;
  if (const Symbol* earlier = symbols_.declare(std::move(symbol)))
    return cursor_.refuse(name, fmt::format("\"{}\" is declared already, in line {}.", cursor_.text(name),
                                            cursor_.position(earlier->name).line));
  return {};
}

Result<void> Interpreter::qubit_declaration(bool is_old_style) {
  BORNITE_CHECK(require_global("A declaration of qubits"));
  const Token keyword = cursor_.token();
  cursor_.advance();
  std::size_t size = 1;
  bool is_scalar = true;
  const auto read_size = [&]() -> Result<void> {
    if (!cursor_.at(TokenKind::left_bracket)) return {};
    BORNITE_TRY(size, evaluator_.designator(1, cursor_.limits().qubits, "The size of a register"));
    is_scalar = false;
    return {};
  };
  if (!is_old_style) BORNITE_CHECK(read_size());
  BORNITE_TRY(const Token name, cursor_.expect_name("A qubit or register"));
  if (is_old_style) BORNITE_CHECK(read_size());
  BORNITE_CHECK(end_of_statement());
  if (evaluator_.physical_qubits() != 0)
    return cursor_.unsupported(keyword, "Declaring qubits beside physical ones", "Use either q[i] or $i throughout.");
  if (size > cursor_.limits().qubits - qubits_)
    return cursor_.refuse(name, fmt::format("There are at most {} qubits.", cursor_.limits().qubits), {},
                          ErrorKind::resource);
  BORNITE_CHECK(declare({name, SymbolKind::qubits, is_scalar, true, Selection(qubits_, size), {}}));
  qubit_registers_.push_back({std::string(cursor_.text(name)), qubits_, size});
  qubits_ += size;
  states_.resize(qubits_);
  return {};
}

Result<void> Interpreter::bit_declaration(bool is_old_style) {
  BORNITE_CHECK(require_global("A declaration of classical bits"));
  cursor_.advance();
  std::size_t size = 1;
  bool is_scalar = true;
  const auto read_size = [&]() -> Result<void> {
    if (!cursor_.at(TokenKind::left_bracket)) return {};
    BORNITE_TRY(size, evaluator_.designator(1, cursor_.limits().bits, "The size of a register"));
    is_scalar = false;
    return {};
  };
  if (!is_old_style) BORNITE_CHECK(read_size());
  BORNITE_TRY(const Token name, cursor_.expect_name("A bit or register"));
  if (is_old_style) BORNITE_CHECK(read_size());
  if (size > cursor_.limits().bits - sources_.size())
    return cursor_.refuse(name, fmt::format("There are at most {} classical bits.", cursor_.limits().bits), {},
                          ErrorKind::resource);
  const Selection selection(sources_.size(), size);
  bit_registers_.push_back({std::string(cursor_.text(name)), sources_.size(), size});
  sources_.resize(sources_.size() + size, -1);
  Symbol symbol{name, SymbolKind::bits, is_scalar, false, selection, {}};
  if (cursor_.accept(TokenKind::assign)) {
    if (cursor_.accept(Word::measure))
      BORNITE_CHECK(measure_into({name, SymbolKind::bits, is_scalar, selection}));
    else
      BORNITE_CHECK(bit_value(symbol));
  }
  BORNITE_CHECK(declare(std::move(symbol)));
  return end_of_statement();
}

Result<void> Interpreter::bit_value(Symbol& symbol) {
  const Token token = cursor_.token();
  if (symbol.selection.size() > 63) return cursor_.unsupported(token, "A value of more than 63 bits", "Use several.");
  const auto width = static_cast<std::uint8_t>(symbol.selection.size());
  BORNITE_TRY(const Value given, evaluator_.expression());
  Result<Value> value = convert(given, {symbol.is_scalar ? ValueType::boolean : ValueType::bits, true, width});
  if (!value) return cursor_.locate(token, std::move(value).error());
  symbol.value = *std::move(value);
  symbol.is_known = true;
  return {};
}

Result<void> Interpreter::input() {
  BORNITE_CHECK(require_global("\"input\""));
  cursor_.advance();
  const Token keyword = cursor_.token();
  if (!cursor_.at(Word::float_) && !cursor_.at(Word::angle))
    return cursor_.unsupported(keyword, "An input that is neither float nor angle",
                               "Inputs are angles of gates; write other values as constants.");
  BORNITE_CHECK(evaluator_.type());
  BORNITE_TRY(const Token name, cursor_.expect_name("An input"));
  BORNITE_CHECK(end_of_statement());
  const Value value = Value::of_real(AngleSum(Angle::of(inputs_.size())));
  BORNITE_CHECK(declare({name, SymbolKind::constant, true, true, {}, value}));
  inputs_.emplace_back(cursor_.text(name));
  return {};
}

Result<void> Interpreter::output() {
  BORNITE_CHECK(require_global("\"output\""));
  cursor_.advance();
  if (cursor_.at(Word::bit)) return bit_declaration(false);
  return cursor_.unsupported(cursor_.token(), "An output that is not bits", "The measured bits are what comes out.");
}

Result<void> Interpreter::constant() {
  cursor_.advance();
  if (!evaluator_.at_type()) return refused(cursor_.token().word);
  BORNITE_TRY(const ClassicalType type, evaluator_.type());
  BORNITE_TRY(const Token name, cursor_.expect_name("A constant"));
  BORNITE_CHECK(cursor_.expect(TokenKind::assign, "\"=\""));
  const Token token = cursor_.token();
  BORNITE_TRY(const Value given, evaluator_.expression());
  Result<Value> value = convert(given, type);
  if (!value) return cursor_.locate(token, std::move(value).error());
  BORNITE_CHECK(declare({name, SymbolKind::constant, true, true, {}, *std::move(value)}));
  return end_of_statement();
}

Result<void> Interpreter::variable() {
  if (in_gate_) return cursor_.refuse(cursor_.token(), "A variable cannot stand in the body of a gate.");
  BORNITE_TRY(const ClassicalType type, evaluator_.type());
  BORNITE_TRY(const Token name, cursor_.expect_name("A variable"));
  Symbol symbol{name, SymbolKind::variable, true, false, {}, {}};
  symbol.value.type = type;
  if (cursor_.accept(TokenKind::assign)) {
    const Token token = cursor_.token();
    BORNITE_TRY(const Value given, evaluator_.expression());
    Result<Value> value = convert(given, type);
    if (!value) return cursor_.locate(token, std::move(value).error());
    symbol.value = *std::move(value);
    symbol.is_known = true;
  }
  BORNITE_CHECK(declare(std::move(symbol)));
  return end_of_statement();
}

Result<void> Interpreter::alias() {
  if (in_gate_) return cursor_.refuse(cursor_.token(), "An alias cannot stand in the body of a gate.");
  cursor_.advance();
  BORNITE_TRY(const Token name, cursor_.expect_name("An alias"));
  BORNITE_CHECK(cursor_.expect(TokenKind::assign, "\"=\""));
  BORNITE_TRY(Operand all, evaluator_.operand("A register"));
  if (all.token.kind == TokenKind::physical)
    return cursor_.refuse(all.token, "A physical qubit cannot have another name.");
  while (cursor_.accept(TokenKind::concatenate)) {
    BORNITE_TRY(const Operand more, evaluator_.operand("A register"));
    if (more.kind != all.kind) return cursor_.refuse(more.token, "Qubits and bits cannot be put together.");
    BORNITE_CHECK(cursor_.charge(all.selection.size() + more.selection.size()));
    all.selection = all.selection.followed_by(more.selection);
    all.is_scalar = false;
  }
  BORNITE_CHECK(declare({name, all.kind, all.is_scalar, all.kind == SymbolKind::qubits, std::move(all.selection), {}}));
  return end_of_statement();
}

/// The name has been read, what follows it has not.
Result<void> Interpreter::assignment(const Token& name) {
  if (in_gate_) return cursor_.refuse(name, "An assignment cannot stand in the body of a gate.");
  Symbol* symbol = symbols_.find(name.word);
  if (symbol == nullptr) return cursor_.refuse(name, fmt::format("\"{}\" is not declared here.", cursor_.text(name)));
  if (symbol->kind == SymbolKind::bits) {
    cursor_.go_to(name);
    BORNITE_TRY(const Operand bits, evaluator_.operand("A bit or register"));
    BORNITE_CHECK(cursor_.expect(TokenKind::assign, "\"=\""));
    if (!cursor_.accept(Word::measure))
      return cursor_.unsupported(name, "Setting classical bits otherwise than by a measurement",
                                 "Give them a value where they are declared, or use an integer.");
    BORNITE_CHECK(measure_into(bits));
    return end_of_statement();
  }
  if (symbol->kind != SymbolKind::variable)
    return cursor_.refuse(name, fmt::format("\"{}\" cannot be assigned to.", cursor_.text(name)));
  if (cursor_.at(TokenKind::left_bracket))
    return cursor_.unsupported(cursor_.token(), "Setting single bits of a variable", "Assign the whole value.");
  const Token token = cursor_.token();
  cursor_.advance();
  BORNITE_TRY(Value value, evaluator_.expression());
  if (token.kind == TokenKind::compound_assign) {
    if (!symbol->is_known) return cursor_.refuse(name, fmt::format("\"{}\" has no value yet.", cursor_.text(name)));
    const std::string_view operation = cursor_.text(token).substr(0, token.length - 1);
    Result<Value> result = binary(cursor_.operator_kind(operation), symbol->value, value, false);
    if (!result) return cursor_.locate(token, std::move(result).error());
    value = *std::move(result);
    BORNITE_CHECK(cursor_.charge(value.number.terms().size()));
  }
  Result<Value> converted = convert(value, symbol->value.type);
  if (!converted) return cursor_.locate(token, std::move(converted).error());
  symbol->value = *std::move(converted);
  symbol->is_known = true;
  return end_of_statement();
}

}  // namespace bornite::qasm
