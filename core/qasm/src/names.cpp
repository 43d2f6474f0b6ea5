// Names in expressions, and types.

#include "evaluator.hpp"
#include "functions.hpp"

#include <fmt/format.h>

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
  if (!symbol->is_known && symbol->kind == SymbolKind::variable)
    return cursor_.refuse(token, fmt::format("\"{}\" has no value yet.", cursor_.text(token)));
  if (!symbol->is_known)
    return cursor_.unsupported(token, fmt::format("Using \"{}\", which only measurements give,", cursor_.text(token)),
                               "Values must be known before the circuit runs; decide after the shots are in.");
  BORNITE_CHECK(cursor_.charge(symbol->value.number.terms().size()));
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

}  // namespace bornite::qasm
