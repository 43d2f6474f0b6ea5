#pragma once
// Numbers as OpenQASM writes them.

#include <charconv>
#include <string>
#include <string_view>

namespace bornite {

/// Appends the shortest decimal number that reads back as `value`; always with a point or an exponent, so that it is a
/// float wherever it stands.
inline void append_number(std::string& text, double value) {
  char digits[32];
  const auto [end, error] = std::to_chars(digits, digits + sizeof digits, value);
  const std::string_view number(digits, static_cast<std::size_t>(end - digits));
  text += number;
  if (number.find_first_of(".e") == std::string_view::npos) text += ".0";
}

}  // namespace bornite
