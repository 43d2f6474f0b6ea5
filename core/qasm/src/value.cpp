#include "value.hpp"

#include <fmt/format.h>

#include <cmath>
#include <limits>
#include <numbers>

namespace bornite::qasm {
namespace {

constexpr double turn = 2 * std::numbers::pi;

Error wrong(std::string message, std::string hint = {}) {
  return {ErrorKind::input, std::move(message), std::move(hint)};
}

Error open_value() { return wrong("This must be known when the gate is defined; a parameter of the gate is not."); }

Result<Value> to_integer(const Value& value, ClassicalType type) {
  std::int64_t integer = value.integer;
  if (!value.has_integer()) {
    BORNITE_TRY(const double real, as_real(value));
    constexpr double most = 9.2e18;
    if (!(std::abs(real) < most)) return wrong(fmt::format("{} does not fit in an integer of 64 bits.", real));
    integer = static_cast<std::int64_t>(real);
  }
  const int bits = type.is_unsigned ? type.width : type.width - 1;  // besides the sign
  const std::int64_t most =
      type.width != 0 && bits < 63 ? (std::int64_t{1} << bits) - 1 : std::numeric_limits<std::int64_t>::max();
  const std::int64_t least = type.is_unsigned ? 0 : -most - 1;
  if (integer < least || integer > most)
    return wrong(fmt::format("{} does not fit: the type holds {} to {}.", integer, least, most));
  return Value{type, false, integer, {}};
}

}  // namespace

Value make_angle(double radians, std::uint8_t width) {
  double turns = radians / turn;
  if (width != 0) turns = std::ldexp(std::nearbyint(std::ldexp(turns, width)), -width);
  Value result = Value::of_real(AngleSum((turns - std::floor(turns)) * turn));
  result.type = {ValueType::angle, false, width};
  return result;
}

Result<Value> finite(Value value) {
  bool is_finite = std::isfinite(value.number.offset());
  for (const AngleSum::Term& term : value.number.terms()) is_finite = is_finite && std::isfinite(term.scale);
  if (!is_finite) return wrong("The result is not a finite number.");
  return value;
}

Result<AngleSum> as_number(const Value& value) {
  if (value.type.type == ValueType::bits && value.type.width != 1) return wrong("Bits are not a number here.");
  return value.has_integer() ? AngleSum(static_cast<double>(value.integer)) : value.number;
}

Result<double> as_real(const Value& value) {
  if (value.is_open) return open_value();
  BORNITE_TRY(const AngleSum number, as_number(value));
  if (number.is_constant()) return number.offset();
  return Error{ErrorKind::unsupported, "This needs a known number; it depends on an input.",
               "An angle may be a sum of inputs, each times a constant, and a constant."};
}

Result<std::int64_t> as_integer(const Value& value) {
  if (value.is_open) return open_value();
  if (!value.has_integer())
    return wrong("This must be an integer.", "Write int(...) to cut off what is after the point.");
  return value.integer;
}

Result<bool> as_boolean(const Value& value) {
  if (value.has_integer()) return value.integer != 0;
  BORNITE_TRY(const double real, as_real(value));
  return real != 0;
}

Result<Value> convert(const Value& value, ClassicalType type) {
  if (value.is_open) return value;
  switch (type.type) {
    case ValueType::boolean: {
      BORNITE_TRY(const bool truth, as_boolean(value));
      return Value::of_boolean(truth);
    }
    case ValueType::integer: return to_integer(value, type);
    case ValueType::bits: {
      if (!value.has_integer()) return wrong("A number with a point cannot become bits.");
      if (value.type.type == ValueType::bits && value.type.width != type.width)
        return wrong(fmt::format("{} bits cannot become {} bits.", value.type.width, type.width));
      BORNITE_TRY(Value unsigned_value, to_integer(value, {ValueType::integer, true, type.width}));
      unsigned_value.type = type;
      return unsigned_value;
    }
    case ValueType::angle: {
      BORNITE_TRY(const double real, as_real(value));
      return make_angle(real, type.width);
    }
    case ValueType::real: break;
  }
  BORNITE_TRY(AngleSum number, as_number(value));
  if (type.width == 32 && number.is_constant())
    number = AngleSum(static_cast<double>(static_cast<float>(number.offset())));
  return finite(Value::of_real(std::move(number)));
}

Result<Value> bit_of(const Value& value, std::int64_t index) {
  const std::int64_t width = value.type.width;
  if (!value.has_integer() || width == 0) return wrong("Only bits and integers of a given width have bits.");
  if (index < -width || index >= width)
    return wrong(fmt::format("There is no bit {}: the bits are 0 to {}.", index, width - 1));
  Value result = Value::of_boolean((value.integer >> (index < 0 ? index + width : index)) & 1);
  return result;
}

}  // namespace bornite::qasm
