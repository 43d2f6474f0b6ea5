#include "functions.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <numbers>

namespace bornite::qasm {
namespace {

struct Constant {
  std::string_view name;
  double value;
};

constexpr std::array constants{
    Constant{"pi", std::numbers::pi},      Constant{"\u03C0", std::numbers::pi},
    Constant{"tau", 2 * std::numbers::pi}, Constant{"\u03C4", 2 * std::numbers::pi},
    Constant{"euler", std::numbers::e},    Constant{"\u2107", std::numbers::e},
};

struct RealFunction {
  std::string_view name;
  double (*function)(double);
};

constexpr std::array real_functions{
    RealFunction{"arccos", std::acos},  RealFunction{"arcsin", std::asin}, RealFunction{"arctan", std::atan},
    RealFunction{"acos", std::acos},    RealFunction{"asin", std::asin},   RealFunction{"atan", std::atan},
    RealFunction{"ceiling", std::ceil}, RealFunction{"floor", std::floor}, RealFunction{"cos", std::cos},
    RealFunction{"sin", std::sin},      RealFunction{"tan", std::tan},     RealFunction{"exp", std::exp},
    RealFunction{"log", std::log},      RealFunction{"ln", std::log},      RealFunction{"sqrt", std::sqrt},
};

constexpr std::array<std::string_view, 5> other_functions{"mod", "popcount", "rotl", "rotr", "pow"};

Error wrong(std::string message) { return {ErrorKind::input, std::move(message)}; }

Result<Value> rotate_left(const Value& value, std::int64_t distance) {
  const std::int64_t width = value.type.width;
  if (!value.has_integer() || width == 0 || value.integer < 0)
    return wrong("A rotation needs bits or an unsigned integer whose width is given.");
  const std::int64_t left = ((distance % width) + width) % width;
  const auto bits = static_cast<std::uint64_t>(value.integer);
  const std::uint64_t mask = (std::uint64_t{1} << width) - 1;
  Value result = value;
  result.integer = static_cast<std::int64_t>(((bits << left) | (left == 0 ? 0 : bits >> (width - left))) & mask);
  return result;
}

Result<Value> call_of_two(std::string_view name, const Value& first, const Value& second) {
  if (name == "mod") return binary(TokenKind::percent, first, second, false);
  if (name == "pow") return binary(TokenKind::power, first, second, false);
  BORNITE_TRY(const std::int64_t distance, as_integer(second));
  constexpr std::int64_t most = std::int64_t{1} << 40;
  if (distance > most || distance < -most) return wrong(fmt::format("{} places are too many to rotate by.", distance));
  return rotate_left(first, name == "rotl" ? distance : -distance);
}

}  // namespace

std::optional<double> find_constant(std::string_view name) {
  const auto found = std::ranges::find(constants, name, &Constant::name);
  return found == constants.end() ? std::nullopt : std::optional(found->value);
}

bool is_function(std::string_view name) {
  return std::ranges::find(real_functions, name, &RealFunction::name) != real_functions.end() ||
         std::ranges::find(other_functions, name) != other_functions.end();
}

Result<Value> call_function(std::string_view name, std::span<const Value> arguments) {
  const auto found = std::ranges::find(real_functions, name, &RealFunction::name);
  const std::size_t takes = found != real_functions.end() || name == "popcount" ? 1 : 2;
  if (arguments.size() != takes)
    return wrong(fmt::format("{} takes {} argument{}, not {}.", name, takes, takes == 1 ? "" : "s", arguments.size()));
  if (std::ranges::any_of(arguments, &Value::is_open)) return Value::open();
  if (takes == 2) return call_of_two(name, arguments[0], arguments[1]);
  if (name == "popcount") {
    BORNITE_TRY(const std::int64_t bits, as_integer(arguments[0]));
    if (bits < 0) return wrong("popcount needs bits or an unsigned integer.");
    return Value::of_integer(std::popcount(static_cast<std::uint64_t>(bits)));
  }
  BORNITE_TRY(const double argument, as_real(arguments[0]));
  const double result = found->function(argument);
  if (!std::isfinite(result)) return wrong(fmt::format("{}({}) is not a finite number.", name, argument));
  return Value::of_real(result);
}

}  // namespace bornite::qasm
