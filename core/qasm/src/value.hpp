#pragma once
// What an expression is worth before the circuit runs.

#include "bornite/circuit/angle_sum.hpp"
#include "bornite/util/error.hpp"
#include "lexer.hpp"

#include <cstdint>

namespace bornite::qasm {

enum class ValueType : std::uint8_t { boolean, integer, real, angle, bits };

/// A classical type. Width 0 is none given.
struct ClassicalType {
  ValueType type = ValueType::real;
  bool is_unsigned = false;
  std::uint8_t width = 0;
};

/// Integers have at most 63 bits and a sign; what does not fit is an error, never another number.
struct Value {
  ClassicalType type;
  bool is_open = false;      ///< a number that only a call of the gate will give
  std::int64_t integer = 0;  ///< of a boolean, an integer or bits
  AngleSum number;           ///< of a real number, which may depend on inputs, or an angle

  static Value of_boolean(bool value) { return {{ValueType::boolean, false, 0}, false, value ? 1 : 0, {}}; }
  static Value of_integer(std::int64_t value) { return {{ValueType::integer, false, 0}, false, value, {}}; }
  static Value of_real(AngleSum value) { return {{ValueType::real, false, 0}, false, 0, std::move(value)}; }
  static Value open() { return {{ValueType::real, false, 0}, true, 0, {}}; }

  [[nodiscard]] bool has_integer() const { return type.type != ValueType::real && type.type != ValueType::angle; }
};

// Errors say what is wrong, but not where.

/// As a real number that may depend on inputs.
[[nodiscard]] Result<AngleSum> as_number(const Value& value);
/// As a real number that is known.
[[nodiscard]] Result<double> as_real(const Value& value);
/// As an integer that is known.
[[nodiscard]] Result<std::int64_t> as_integer(const Value& value);
/// As a truth that is known.
[[nodiscard]] Result<bool> as_boolean(const Value& value);

/// An angle lies in [0, 2 pi), on a grid if it has a width.
[[nodiscard]] Value make_angle(double radians, std::uint8_t width);
/// Refuses a number that is infinite or none.
[[nodiscard]] Result<Value> finite(Value value);

/// -, ~ or !.
[[nodiscard]] Result<Value> unary(TokenKind operation, const Value& value);
/// `real_division` is OpenQASM 2's, where 1/2 is 0.5.
[[nodiscard]] Result<Value> binary(TokenKind operation, const Value& left, const Value& right, bool real_division);
/// The value as another type, as by a cast or an assignment.
[[nodiscard]] Result<Value> convert(const Value& value, ClassicalType type);
/// Bit `index` of an integer or of bits; negative ones count from the end.
[[nodiscard]] Result<Value> bit_of(const Value& value, std::int64_t index);

}  // namespace bornite::qasm
