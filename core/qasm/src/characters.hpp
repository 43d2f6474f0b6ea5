#pragma once
// What the bytes of a program are.

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace bornite::qasm {

enum CharacterClass : std::uint8_t { other = 0, blank = 1, letter = 2, digit = 4 };

constexpr std::array<std::uint8_t, 256> make_classes() {
  std::array<std::uint8_t, 256> classes{};
  for (const char c : {' ', '\t', '\r', '\n'}) classes[static_cast<unsigned char>(c)] = blank;
  for (std::size_t c = 'a'; c <= 'z'; ++c) classes[c] = classes[c - 'a' + 'A'] = letter;
  for (std::size_t c = '0'; c <= '9'; ++c) classes[c] = digit;
  classes['_'] = letter;
  for (std::size_t c = 0x80; c < 0x100; ++c) classes[c] = letter;  // parts of a character of UTF-8
  return classes;
}

inline constexpr auto classes = make_classes();

inline bool is(char character, int wanted) { return (classes[static_cast<unsigned char>(character)] & wanted) != 0; }

/// Bytes of the character of UTF-8 that `text` begins with; 0 if it begins with none.
inline std::size_t character_length(std::string_view text) {
  const auto first = static_cast<unsigned char>(text[0]);
  const std::size_t length = first < 0x80   ? 1
                             : first < 0xC2 ? 0
                             : first < 0xE0 ? 2
                             : first < 0xF0 ? 3
                             : first < 0xF5 ? 4
                                            : 0;
  if (length == 0 || text.size() < length) return 0;
  for (std::size_t i = 1; i < length; ++i)
    if ((static_cast<unsigned char>(text[i]) & 0xC0U) != 0x80U) return 0;
  return length;
}

inline bool is_utf8(std::string_view text) {
  while (!text.empty()) {
    const std::size_t length = character_length(text);
    if (length == 0) return false;
    text.remove_prefix(length);
  }
  return true;
}

}  // namespace bornite::qasm
