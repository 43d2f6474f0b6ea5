#pragma once
// The functions and constants that expressions may use.

#include "value.hpp"

#include <optional>
#include <span>
#include <string_view>

namespace bornite::qasm {

/// pi, tau, euler and their Greek letters.
[[nodiscard]] std::optional<double> find_constant(std::string_view name);

[[nodiscard]] bool is_function(std::string_view name);
/// OpenQASM 3's functions of constants, and OpenQASM 2's ln, acos, asin, atan. Errors say what is wrong, but not where.
[[nodiscard]] Result<Value> call_function(std::string_view name, std::span<const Value> arguments);

}  // namespace bornite::qasm
