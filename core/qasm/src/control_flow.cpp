// Loops, branches and boxes.

#include "interpreter.hpp"

#include <fmt/format.h>

namespace bornite::qasm {
namespace {

constexpr std::size_t steps_per_iteration = 16;  // what it takes without its body, in bytes read in that time

}  // namespace

Result<void> Interpreter::for_loop() {
  const Token keyword = cursor_.token();
  cursor_.advance();
  if (!evaluator_.at_type()) return cursor_.expected("The type of the loop's variable, as in \"for int i in [0:9]\",");
  BORNITE_TRY(const ClassicalType type, evaluator_.type());
  BORNITE_TRY(const Token variable, cursor_.expect_name("A variable"));
  if (!cursor_.accept(Word::in)) return cursor_.expected("\"in\"");
  if (cursor_.at(TokenKind::left_brace)) {
    BORNITE_TRY(const std::vector<Value> values, evaluator_.set());
    return for_each(variable, type, values);
  }
  if (!cursor_.at(TokenKind::left_bracket))
    return cursor_.unsupported(keyword, "A loop over anything but a range or a set",
                               "Write \"for int i in [0:9]\" or \"for int i in {1, 5, 7}\".");
  cursor_.advance();
  BORNITE_TRY(const std::int64_t begin, evaluator_.integer());
  BORNITE_TRY(const Evaluator::Range range, evaluator_.range(begin, std::nullopt));
  BORNITE_CHECK(cursor_.expect(TokenKind::right_bracket, "\"]\""));

  const std::uint64_t count = range_size(range.begin, range.step, range.end);
  if (count == 0) return skip_statement();
  const Token body = cursor_.token();
  for (std::uint64_t i = 0; i < count; ++i) {
    const auto value =
        static_cast<std::int64_t>(static_cast<std::uint64_t>(range.begin) + i * static_cast<std::uint64_t>(range.step));
    BORNITE_CHECK(iteration(variable, type, Value::of_integer(value), body));
  }
  return {};
}

Result<void> Interpreter::for_each(const Token& variable, ClassicalType type, const std::vector<Value>& values) {
  const Token body = cursor_.token();
  for (const Value& value : values) BORNITE_CHECK(iteration(variable, type, value, body));
  return {};
}

Result<void> Interpreter::iteration(const Token& variable, ClassicalType type, const Value& value, const Token& body) {
  cursor_.go_to(body);
  const SymbolTable::Scope scope(symbols_);
  const Nesting nesting(blocks_);
  Result<Value> converted = convert(value, type);
  if (!converted) return cursor_.locate(variable, std::move(converted).error());
  BORNITE_CHECK(declare({variable, SymbolKind::variable, true, true, {}, *std::move(converted)}));
  BORNITE_CHECK(statement());
  return cursor_.charge(cursor_.token().offset - body.offset + steps_per_iteration);
}

Result<void> Interpreter::if_statement() {
  if (in_gate_) return cursor_.refuse(cursor_.token(), "\"if\" cannot stand in the body of a gate.");
  cursor_.advance();
  BORNITE_CHECK(cursor_.expect(TokenKind::left_parenthesis, "\"(\""));
  BORNITE_TRY(const bool holds, evaluator_.truth());
  BORNITE_CHECK(cursor_.expect(TokenKind::right_parenthesis, "\")\""));
  const SymbolTable::Scope scope(symbols_);
  const Nesting nesting(blocks_);
  BORNITE_CHECK(holds ? statement() : skip_statement());
  if (!cursor_.accept(Word::else_)) return {};
  return holds ? skip_statement() : statement();
}

/// Timing has no meaning here, so that a box is a block.
Result<void> Interpreter::box() {
  if (in_gate_) return cursor_.refuse(cursor_.token(), "\"box\" cannot stand in the body of a gate.");
  cursor_.advance();
  if (cursor_.at(TokenKind::left_bracket)) BORNITE_CHECK(cursor_.skip_balanced());
  return block();
}

/// Leaves a statement behind that is not carried out: names and numbers in it need not make sense.
Result<void> Interpreter::skip_statement() {
  const Nesting nesting(depth_);
  BORNITE_CHECK(evaluator_.check_depth());
  while (cursor_.at(TokenKind::at)) static_cast<void>(cursor_.rest_of_line());
  if (cursor_.at(TokenKind::left_brace)) return cursor_.skip_balanced();
  if (cursor_.at(TokenKind::hash) || cursor_.at(Word::pragma)) {
    static_cast<void>(cursor_.rest_of_line());
    return {};
  }
  if (cursor_.accept(Word::if_)) {
    if (!cursor_.at(TokenKind::left_parenthesis)) return cursor_.expected("\"(\"");
    BORNITE_CHECK(cursor_.skip_balanced());
    BORNITE_CHECK(skip_statement());
    return cursor_.accept(Word::else_) ? skip_statement() : Result<void>();
  }
  const bool is_loop = cursor_.at(Word::for_);
  while (!cursor_.accept(TokenKind::semicolon)) {
    if (cursor_.at(TokenKind::end) || cursor_.at(TokenKind::bad)) return cursor_.expected("\";\"");
    if (is_loop && cursor_.accept(Word::in)) {  // what it runs over, and then its body
      if (!cursor_.at(TokenKind::left_bracket) && !cursor_.at(TokenKind::left_brace)) return cursor_.expected("\"[\"");
      BORNITE_CHECK(cursor_.skip_balanced());
      return skip_statement();
    }
    const bool is_block = cursor_.at(TokenKind::left_brace);
    if (is_block || cursor_.at(TokenKind::left_bracket) || cursor_.at(TokenKind::left_parenthesis))
      BORNITE_CHECK(cursor_.skip_balanced());
    else
      cursor_.advance();
    if (is_block) return {};
  }
  return {};
}

}  // namespace bornite::qasm
