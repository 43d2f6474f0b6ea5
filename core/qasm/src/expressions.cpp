// Operators and literals.

#include "evaluator.hpp"
#include "functions.hpp"

#include <fmt/format.h>

#include <charconv>

namespace bornite::qasm {
namespace {

constexpr int unary_binding = 11;
constexpr int power_binding = 12;

/// How tightly an operator binds; 0 for what is none.
int binding(TokenKind kind) {
  switch (kind) {
    case TokenKind::or_: return 1;
    case TokenKind::and_: return 2;
    case TokenKind::pipe: return 3;
    case TokenKind::caret: return 4;
    case TokenKind::ampersand: return 5;
    case TokenKind::equal:
    case TokenKind::not_equal: return 6;
    case TokenKind::less:
    case TokenKind::less_equal:
    case TokenKind::greater:
    case TokenKind::greater_equal: return 7;
    case TokenKind::shift_left:
    case TokenKind::shift_right: return 8;
    case TokenKind::plus:
    case TokenKind::minus: return 9;
    case TokenKind::star:
    case TokenKind::slash:
    case TokenKind::percent: return 10;
    case TokenKind::power: return power_binding;
    default: return 0;
  }
}

std::string without_underscores(std::string_view text) {
  std::string result(text);
  std::erase(result, '_');
  return result;
}

}  // namespace

Result<void> Evaluator::check_depth() const {
  if (depth_ <= cursor_.limits().nesting) return {};
  return cursor_.refuse(cursor_.token(), fmt::format("This is nested more than {} deep.", cursor_.limits().nesting),
                        "Write it flatter, or raise the limit.", ErrorKind::resource);
}

Result<Value> Evaluator::expression() { return binary_expression(1); }

Result<Value> Evaluator::binary_expression(int least_binding) {
  const Nesting nesting(depth_);
  BORNITE_CHECK(check_depth());
  BORNITE_TRY(Value left, unary_expression());
  while (true) {
    const Token token = cursor_.token();
    const TokenKind operation = version_2_ && token.kind == TokenKind::caret ? TokenKind::power : token.kind;
    const int binds = binding(operation);
    if (binds == 0 || binds < least_binding) return left;
    cursor_.advance();
    BORNITE_TRY(const Value right, binary_expression(operation == TokenKind::power ? unary_binding : binds + 1));
    BORNITE_TRY(left, located(token, binary(operation, left, right, version_2_)));
    BORNITE_CHECK(cursor_.charge(left.number.terms().size()));
  }
}

Result<Value> Evaluator::unary_expression() {
  const Token token = cursor_.token();
  if (token.kind != TokenKind::minus && token.kind != TokenKind::tilde && token.kind != TokenKind::not_)
    return primary();
  cursor_.advance();
  BORNITE_TRY(const Value value, binary_expression(power_binding));
  return located(token, unary(token.kind, value));
}

Result<Value> Evaluator::primary() {
  switch (cursor_.token().kind) {
    case TokenKind::integer:
    case TokenKind::real: return number();
    case TokenKind::string: {
      BORNITE_TRY(Value value, bit_string());
      return indexed(std::move(value));
    }
    case TokenKind::word: {
      BORNITE_TRY(Value value, name());
      return cursor_.at(TokenKind::left_bracket) ? indexed(std::move(value)) : value;
    }
    case TokenKind::left_parenthesis: {
      cursor_.advance();
      BORNITE_TRY(Value value, expression());
      BORNITE_CHECK(cursor_.expect(TokenKind::right_parenthesis, "\")\""));
      return cursor_.at(TokenKind::left_bracket) ? indexed(std::move(value)) : value;
    }
    default: return cursor_.expected("A value");
  }
}

Result<Value> Evaluator::number() {
  const Token token = cursor_.token();
  std::string_view text = cursor_.text(token);
  std::string cleaned;
  if (text.find('_') != std::string_view::npos) text = cleaned = without_underscores(text);
  const char* end = text.data() + text.size();
  Value value = Value::of_integer(0);
  std::from_chars_result read{};
  if (token.kind == TokenKind::real) {
    double real = 0;
    if (text.front() == '.') text = cleaned = '0' + std::string(text), end = text.data() + text.size();
    read = std::from_chars(text.data(), end, real);
    value = Value::of_real(real);
  } else {
    const char prefix = text.size() > 2 && text[0] == '0' ? text[1] : '0';
    const int base = prefix == 'x' || prefix == 'X' ? 16 : prefix == 'b' || prefix == 'B' ? 2 : prefix == 'o' ? 8 : 10;
    read = std::from_chars(text.data() + (base == 10 ? 0 : 2), end, value.integer, base);
  }
  if (read.ec == std::errc::result_out_of_range)
    return cursor_.refuse(token, token.kind == TokenKind::real ? "This number is too large or too small for a double."
                                                               : "This number does not fit in an integer of 64 bits.");
  if (read.ec != std::errc() || read.ptr != end) return cursor_.refuse(token, "This is not a number.");
  cursor_.advance();
  if (cursor_.at(TokenKind::word) && cursor_.text(cursor_.token()) == "im")
    return cursor_.unsupported(token, "A complex number", "Angles and other values are real.");
  return value;
}

Result<Value> Evaluator::bit_string() {
  const Token token = cursor_.token();
  const std::string_view quoted = cursor_.text(token);
  const std::string digits = without_underscores(quoted.substr(1, quoted.size() - 2));
  constexpr std::size_t most = 63;
  if (digits.empty() || digits.find_first_not_of("01") != std::string::npos)
    return cursor_.refuse(token, "Bits in quotes are 0s and 1s.");
  if (digits.size() > most) return cursor_.unsupported(token, "A value of more than 63 bits", "Use several.");
  Value value;
  value.type = {ValueType::bits, true, static_cast<std::uint8_t>(digits.size())};
  std::from_chars(digits.data(), digits.data() + digits.size(), value.integer, 2);
  cursor_.advance();
  return value;
}

Result<std::int64_t> Evaluator::integer() {
  const Token token = cursor_.token();
  BORNITE_TRY(const Value value, expression());
  return located(token, as_integer(value));
}

Result<bool> Evaluator::truth() {
  const Token token = cursor_.token();
  BORNITE_TRY(const Value value, expression());
  return located(token, as_boolean(value));
}

Result<std::optional<AngleSum>> Evaluator::angle() {
  const Token token = cursor_.token();
  BORNITE_TRY(const Value value, expression());
  if (value.is_open) return std::optional<AngleSum>();
  BORNITE_TRY(AngleSum angle, located(token, as_number(value)));
  constexpr double most = 1e100;  // so that sums and multiples stay finite
  bool fits = std::abs(angle.offset()) <= most;
  for (const AngleSum::Term& term : angle.terms()) fits = fits && std::abs(term.scale) <= most;
  if (!fits) return cursor_.refuse(token, "This angle is too large.", "Angles are radians, at most 1e100.");
  return std::optional(std::move(angle));
}

}  // namespace bornite::qasm
