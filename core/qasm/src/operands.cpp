// What gates and measurements act on.

#include "evaluator.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

namespace bornite::qasm {

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
