// Operators.

#include "value.hpp"

#include <cmath>
#include <limits>

namespace bornite::qasm {
namespace {

Error wrong(std::string message, std::string hint = {}) {
  return {ErrorKind::input, std::move(message), std::move(hint)};
}

AngleSum divide(const AngleSum& number, double divisor) {
  AngleSum result(number.offset() / divisor);
  for (const AngleSum::Term& term : number.terms())
    result += Angle::of(static_cast<std::size_t>(term.parameter), term.scale / divisor);
  return result;
}

Result<AngleSum> multiply(const AngleSum& left, const AngleSum& right) {
  if (left.is_constant()) return left.offset() * right;
  if (right.is_constant()) return right.offset() * left;
  return Error{ErrorKind::unsupported, "A product of two inputs is not supported.",
               "An angle may be a sum of inputs, each times a constant, and a constant."};
}

Result<Value> compare(TokenKind operation, double left, double right) {
  switch (operation) {
    case TokenKind::equal: return Value::of_boolean(left == right);
    case TokenKind::not_equal: return Value::of_boolean(left != right);
    case TokenKind::less: return Value::of_boolean(left < right);
    case TokenKind::less_equal: return Value::of_boolean(left <= right);
    case TokenKind::greater: return Value::of_boolean(left > right);
    case TokenKind::greater_equal: return Value::of_boolean(left >= right);
    default: return wrong("This operator needs integers, bits or truth values.");
  }
}

Result<Value> combine_numbers(TokenKind operation, const AngleSum& left, const AngleSum& right) {
  switch (operation) {
    case TokenKind::plus: return finite(Value::of_real(left + right));
    case TokenKind::minus: return finite(Value::of_real(left - right));
    case TokenKind::star: {
      BORNITE_TRY(AngleSum product, multiply(left, right));
      return finite(Value::of_real(std::move(product)));
    }
    case TokenKind::slash:
      if (right.is_constant() && right.offset() == 0) return wrong("This divides by zero.");
      if (right.is_constant()) return finite(Value::of_real(divide(left, right.offset())));
      break;
    default: break;
  }
  BORNITE_TRY(const double a, as_real(Value::of_real(left)));
  BORNITE_TRY(const double b, as_real(Value::of_real(right)));
  if (operation == TokenKind::power) return finite(Value::of_real(std::pow(a, b)));
  if (operation == TokenKind::percent) return finite(Value::of_real(std::fmod(a, b)));
  return compare(operation, a, b);
}

Result<Value> integer_power(std::int64_t base, std::int64_t exponent) {
  if (exponent < 0) return finite(Value::of_real(std::pow(static_cast<double>(base), static_cast<double>(exponent))));
  std::int64_t result = 1;
  bool overflows = false;
  while (exponent != 0 && !overflows) {
    if (exponent % 2 != 0) overflows = __builtin_mul_overflow(result, base, &result);
    exponent /= 2;
    if (exponent != 0) overflows = overflows || __builtin_mul_overflow(base, base, &base);
  }
  if (overflows) return wrong("The result does not fit in an integer of 64 bits.");
  return Value::of_integer(result);
}

/// The type of the result keeps a width and being bits, so that it can be inverted and rotated.
Result<Value> combine_bits(TokenKind operation, const Value& left, const Value& right) {
  Value result = left.type.width != 0 || right.type.width == 0 ? left : right;
  const std::int64_t a = left.integer, b = right.integer;
  switch (operation) {
    case TokenKind::ampersand: result.integer = a & b; return result;
    case TokenKind::pipe: result.integer = a | b; return result;
    case TokenKind::caret: result.integer = a ^ b; return result;
    default: break;
  }
  result = left;
  if (a < 0 || b < 0) return wrong("A shift needs numbers that are not negative.");
  if (operation == TokenKind::shift_right) {
    result.integer = b > 62 ? 0 : a >> b;
  } else if (left.type.width != 0) {
    const std::uint64_t mask = (std::uint64_t{1} << left.type.width) - 1;
    result.integer = b > 62 ? 0 : static_cast<std::int64_t>((static_cast<std::uint64_t>(a) << b) & mask);
  } else {
    if (a != 0 && (b > 62 || a > (std::numeric_limits<std::int64_t>::max() >> b)))
      return wrong("The result does not fit in an integer of 64 bits.");
    result.integer = a == 0 ? 0 : a << b;
  }
  return result;
}

Result<Value> combine_integers(TokenKind operation, std::int64_t a, std::int64_t b) {
  std::int64_t result = 0;
  bool overflows = false;
  switch (operation) {
    case TokenKind::plus: overflows = __builtin_add_overflow(a, b, &result); break;
    case TokenKind::minus: overflows = __builtin_sub_overflow(a, b, &result); break;
    case TokenKind::star: overflows = __builtin_mul_overflow(a, b, &result); break;
    case TokenKind::slash:
    case TokenKind::percent:
      if (b == 0) return wrong("This divides by zero.");
      if (b == -1)
        overflows = operation == TokenKind::slash && __builtin_sub_overflow(0, a, &result);
      else
        result = operation == TokenKind::slash ? a / b : a % b;
      break;
    case TokenKind::power: return integer_power(a, b);
    case TokenKind::equal: return Value::of_boolean(a == b);
    case TokenKind::not_equal: return Value::of_boolean(a != b);
    case TokenKind::less: return Value::of_boolean(a < b);
    case TokenKind::less_equal: return Value::of_boolean(a <= b);
    case TokenKind::greater: return Value::of_boolean(a > b);
    default: return Value::of_boolean(a >= b);
  }
  if (overflows) return wrong("The result does not fit in an integer of 64 bits.");
  return Value::of_integer(result);
}

bool is_bitwise(TokenKind operation) {
  return operation == TokenKind::ampersand || operation == TokenKind::pipe || operation == TokenKind::caret ||
         operation == TokenKind::shift_left || operation == TokenKind::shift_right;
}

}  // namespace

Result<Value> unary(TokenKind operation, const Value& value) {
  if (value.is_open) return value;
  if (operation == TokenKind::not_) {
    BORNITE_TRY(const bool truth, as_boolean(value));
    return Value::of_boolean(!truth);
  }
  if (operation == TokenKind::tilde) {
    const std::uint8_t width = value.type.type == ValueType::boolean ? 1 : value.type.width;
    if (!value.has_integer() || width == 0 || (value.type.type == ValueType::integer && !value.type.is_unsigned))
      return wrong("~ needs bits or an unsigned integer whose width is given.");
    Value result = value;
    result.integer =
        static_cast<std::int64_t>(((std::uint64_t{1} << width) - 1) & ~static_cast<std::uint64_t>(value.integer));
    return result;
  }
  if (value.type.type == ValueType::angle) return make_angle(-value.number.offset(), value.type.width);
  if (!value.has_integer()) return Value::of_real(-value.number);
  return combine_integers(TokenKind::minus, 0, value.integer);
}

Result<Value> binary(TokenKind operation, const Value& left, const Value& right, bool real_division) {
  if (left.is_open || right.is_open) return Value::open();
  if (operation == TokenKind::and_ || operation == TokenKind::or_) {
    BORNITE_TRY(const bool a, as_boolean(left));
    BORNITE_TRY(const bool b, as_boolean(right));
    return Value::of_boolean(operation == TokenKind::and_ ? a && b : a || b);
  }
  if (left.has_integer() && right.has_integer() && !(real_division && operation == TokenKind::slash))
    return is_bitwise(operation) ? combine_bits(operation, left, right)
                                 : combine_integers(operation, left.integer, right.integer);
  BORNITE_TRY(const AngleSum a, as_number(left));
  BORNITE_TRY(const AngleSum b, as_number(right));
  BORNITE_TRY(Value result, combine_numbers(operation, a, b));
  const bool both = left.type.type == ValueType::angle && right.type.type == ValueType::angle;
  const bool one = left.type.type == ValueType::angle || right.type.type == ValueType::angle;
  if (both && operation == TokenKind::slash)
    return Value::of_integer(static_cast<std::int64_t>(a.offset() / b.offset()));
  if (one && result.type.type == ValueType::real && result.number.is_constant())
    return make_angle(result.number.offset(), left.type.type == ValueType::angle ? left.type.width : right.type.width);
  return result;
}

}  // namespace bornite::qasm
