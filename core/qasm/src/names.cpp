// Names in expressions, types, and operands of gates and measurements.

#include "evaluator.hpp"
#include "functions.hpp"

#include <fmt/format.h>

#include <charconv>
#include <limits>

namespace bornite::qasm {

Result<Value> Evaluator::name() {
  const Token token = cursor_.token();
  if (at_type()) return cast();
  if (cursor_.at(Word::true_) || cursor_.at(Word::false_)) {
    cursor_.advance();
    return Value::of_boolean(token.word == Word::true_);
  }
  if (cursor_.at(Word::measure))
    return cursor_.unsupported(token, "A measurement within an expression", "Measure into classical bits.");
  if (cursor_.at(Word::durationof)) return cursor_.unsupported(token, "\"durationof\"", "Leave durations out.");
  if (is_keyword(token.word) && !cursor_.at(Word::pow)) return cursor_.expected("A value");
  const Symbol* symbol = symbols_.find(token.word);
  cursor_.advance();
  if (symbol == nullptr) {
    if (cursor_.at(TokenKind::left_parenthesis)) return call(token);
    if (const auto constant = find_constant(cursor_.text(token))) return Value::of_real(*constant);
    return cursor_.refuse(token, fmt::format("There is no value named \"{}\" here.", cursor_.text(token)),
                          "Constants, variables and inputs must be declared before their use; the body of a gate sees "
                          "constants and its own parameters only.");
  }
  if (symbol->kind == SymbolKind::qubits)
    return cursor_.refuse(token,
                          fmt::format("\"{}\" is a qubit or a register of qubits, not a value.", cursor_.text(token)));
  if (!symbol->is_known)
    return cursor_.unsupported(token, fmt::format("Using \"{}\", which only measurements give,", cursor_.text(token)),
                               "Values must be known before the circuit runs; decide after the shots are in.");
  return symbol->value;
}

Result<Value> Evaluator::call(const Token& function) {
  const std::string_view name = cursor_.text(function);
  if (!is_function(name))
    return cursor_.unsupported(function, fmt::format("The function \"{}\"", name),
                               "There are sin, cos, tan, arcsin, arccos, arctan, exp, log, sqrt, floor, ceiling, mod, "
                               "popcount, rotl and rotr.");
  cursor_.advance();
  std::vector<Value> arguments;
  while (!cursor_.at(TokenKind::right_parenthesis)) {
    BORNITE_TRY(Value argument, expression());
    arguments.push_back(std::move(argument));
    if (!cursor_.accept(TokenKind::comma)) break;
  }
  BORNITE_CHECK(cursor_.expect(TokenKind::right_parenthesis, "\")\""));
  return located(function, call_function(name, arguments));
}

Result<Value> Evaluator::cast() {
  const Token token = cursor_.token();
  BORNITE_TRY(const ClassicalType to, type());
  BORNITE_CHECK(cursor_.expect(TokenKind::left_parenthesis, "\"(\""));
  BORNITE_TRY(const Value value, expression());
  BORNITE_CHECK(cursor_.expect(TokenKind::right_parenthesis, "\")\""));
  return located(token, convert(value, to));
}

Result<Value> Evaluator::indexed(Value value) {
  while (cursor_.at(TokenKind::left_bracket)) {
    const Token bracket = cursor_.token();
    cursor_.advance();
    if (cursor_.at(TokenKind::left_brace) || cursor_.at(TokenKind::colon))
      return cursor_.unsupported(cursor_.token(), "A slice of a classical value", "Take single bits.");
    BORNITE_TRY(const std::int64_t index, integer());
    if (cursor_.at(TokenKind::colon))
      return cursor_.unsupported(cursor_.token(), "A slice of a classical value", "Take single bits.");
    BORNITE_CHECK(cursor_.expect(TokenKind::right_bracket, "\"]\""));
    BORNITE_TRY(value, located(bracket, bit_of(value, index)));
  }
  return value;
}

bool Evaluator::at_type() const {
  if (!cursor_.at(TokenKind::word)) return false;
  switch (cursor_.token().word) {
    case Word::int_:
    case Word::uint:
    case Word::float_:
    case Word::angle:
    case Word::bool_:
    case Word::bit: return true;
    default: return false;
  }
}

Result<ClassicalType> Evaluator::type() {
  const Word word = cursor_.token().word;
  cursor_.advance();
  if (word == Word::bool_) return ClassicalType{ValueType::boolean, false, 0};
  std::size_t width = 0;
  if (cursor_.at(TokenKind::left_bracket)) {
    BORNITE_TRY(width, designator(1, word == Word::bit ? 63 : 64, "The width of a type"));
  }
  const auto bits = static_cast<std::uint8_t>(width == 64 ? 0 : width);  // 64 bits are what there is without a width
  switch (word) {
    case Word::int_: return ClassicalType{ValueType::integer, false, bits};
    case Word::uint: return ClassicalType{ValueType::integer, true, bits};
    case Word::angle: return ClassicalType{ValueType::angle, false, bits};
    case Word::bit:
      return width == 0 ? ClassicalType{ValueType::boolean, false, 0} : ClassicalType{ValueType::bits, true, bits};
    default: return ClassicalType{ValueType::real, false, bits};
  }
}

Result<std::size_t> Evaluator::designator(std::size_t least, std::size_t most, std::string_view what) {
  BORNITE_CHECK(cursor_.expect(TokenKind::left_bracket, "\"[\""));
  const Token token = cursor_.token();
  BORNITE_TRY(const std::int64_t size, integer());
  if (size < static_cast<std::int64_t>(least) || size > static_cast<std::int64_t>(most))
    return cursor_.refuse(token, fmt::format("{} is {}; it must be between {} and {}.", what, size, least, most), {},
                          size < static_cast<std::int64_t>(least) ? ErrorKind::input : ErrorKind::resource);
  BORNITE_CHECK(cursor_.expect(TokenKind::right_bracket, "\"]\""));
  return static_cast<std::size_t>(size);
}

Result<std::vector<Value>> Evaluator::set() {
  BORNITE_CHECK(cursor_.expect(TokenKind::left_brace, "\"{\""));
  std::vector<Value> values;
  do {
    if (cursor_.at(TokenKind::right_brace) && !values.empty()) break;
    BORNITE_TRY(Value value, expression());
    values.push_back(std::move(value));
  } while (cursor_.accept(TokenKind::comma));
  BORNITE_CHECK(cursor_.expect(TokenKind::right_brace, "\"}\""));
  return values;
}

Result<Evaluator::Range> Evaluator::range(std::int64_t begin, std::optional<std::int64_t> last) {
  BORNITE_CHECK(cursor_.expect(TokenKind::colon, "\":\""));
  if (last && cursor_.at(TokenKind::right_bracket)) return Range{begin, 1, *last};
  BORNITE_TRY(const std::int64_t second, integer());
  if (!cursor_.at(TokenKind::colon)) return Range{begin, 1, second};
  const Token colon = cursor_.token();
  cursor_.advance();
  if (second == 0) return cursor_.refuse(colon, "A range cannot go in steps of 0.");
  BORNITE_TRY(const std::int64_t third, integer());
  return Range{begin, second, third};
}

Result<Evaluator::Operand> Evaluator::operand(std::string_view what) {
  const Token token = cursor_.token();
  if (token.kind == TokenKind::physical) return physical();
  if (token.kind != TokenKind::word) return cursor_.expected(what);
  const Symbol* symbol = symbols_.find(token.word);
  if (symbol == nullptr || (symbol->kind != SymbolKind::qubits && symbol->kind != SymbolKind::bits)) {
    if (is_keyword(token.word)) return cursor_.expected(what);
    return cursor_.refuse(token, fmt::format("\"{}\" is no register of qubits or bits here.", cursor_.text(token)),
                          "Declare it before its use, as in \"qubit[4] q;\" or \"bit[4] c;\".");
  }
  Operand operand{token, symbol->kind, symbol->is_scalar, symbol->selection};
  cursor_.advance();
  while (cursor_.at(TokenKind::left_bracket)) BORNITE_CHECK(select(operand));
  return operand;
}

Result<Evaluator::Operand> Evaluator::physical() {
  const Token token = cursor_.token();
  const std::string_view digits = cursor_.text(token).substr(1);
  std::size_t number = 0;
  const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  if (read.ec != std::errc() || number >= cursor_.limits().qubits)
    return cursor_.refuse(token, fmt::format("There are at most {} qubits.", cursor_.limits().qubits), {},
                          ErrorKind::resource);
  cursor_.advance();
  physical_qubits_ = std::max(physical_qubits_, number + 1);
  return Operand{token, SymbolKind::qubits, true, Selection(number, 1)};
}

Result<void> Evaluator::select(Operand& operand) {
  const Token bracket = cursor_.token();
  if (operand.is_scalar)
    return cursor_.refuse(bracket, fmt::format("\"{}\" is no register and has no index.", cursor_.text(operand.token)));
  cursor_.advance();
  const Token token = cursor_.token();
  if (cursor_.at(TokenKind::left_brace)) {
    BORNITE_TRY(const std::vector<Value> values, set());
    std::vector<std::int64_t> indices;
    for (const Value& value : values) {
      BORNITE_TRY(const std::int64_t index, located(token, as_integer(value)));
      indices.push_back(index);
    }
    BORNITE_TRY(operand.selection, located(token, operand.selection.pick(indices)));
  } else {
    std::int64_t begin = 0;
    if (!cursor_.at(TokenKind::colon)) {
      BORNITE_TRY(begin, integer());
    }
    if (cursor_.at(TokenKind::colon)) {
      BORNITE_TRY(const Range range, this->range(begin, -1));
      BORNITE_TRY(operand.selection, located(token, operand.selection.range(range.begin, range.step, range.end)));
    } else {
      BORNITE_TRY(operand.selection, located(token, operand.selection.at(begin)));
      operand.is_scalar = true;
    }
  }
  BORNITE_CHECK(cursor_.charge(operand.selection.size()));
  BORNITE_CHECK(cursor_.expect(TokenKind::right_bracket, "\"]\""));
  return {};
}

}  // namespace bornite::qasm
