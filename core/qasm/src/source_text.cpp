#include "bornite/qasm/source_text.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace bornite {
namespace {

constexpr std::size_t most_before = 60;  // bytes of a long line that are shown before the place
constexpr std::size_t most_after = 60;   // and from it on

bool continues_character(char byte) { return (static_cast<unsigned char>(byte) & 0xC0U) == 0x80U; }

std::size_t characters(std::string_view text) {
  return text.size() - static_cast<std::size_t>(std::ranges::count_if(text, continues_character));
}

/// One column per character, so that carets below it stand right.
std::string printable(std::string_view text) {
  std::string result(text);
  for (char& byte : result)
    if (static_cast<unsigned char>(byte) < 0x20 || byte == 0x7F) byte = byte == '\t' ? ' ' : '?';
  return result;
}

}  // namespace

SourceText::Position SourceText::position(std::size_t offset) const {
  const std::string_view before = text_.substr(0, offset);
  const std::size_t line_begin = before.rfind('\n') + 1;  // npos + 1 is 0
  return {1 + static_cast<std::size_t>(std::ranges::count(before, '\n')), 1 + characters(before.substr(line_begin))};
}

Error SourceText::locate(std::size_t offset, std::size_t length, Error error) const {
  offset = std::min(offset, text_.size());
  const Position place = position(offset);
  std::size_t begin = text_.substr(0, offset).rfind('\n') + 1;
  std::size_t end = std::min(text_.find_first_of("\r\n", offset), text_.size());
  const bool cut_before = offset - begin > most_before, cut_after = end - offset > most_after;
  if (cut_before) begin = offset - most_before;
  if (cut_after) end = offset + most_after;
  while (begin < offset && continues_character(text_[begin])) ++begin;
  while (end > offset && end < text_.size() && continues_character(text_[end])) --end;

  const std::string_view marked = text_.substr(offset, std::min(length, end - offset));
  const std::size_t indent = characters(text_.substr(begin, offset - begin)) + (cut_before ? 3 : 0);
  error.message =
      fmt::format("{}:{}:{}: {}\n  {}{}{}\n  {}{}", name_, place.line, place.column, error.message,
                  cut_before ? "..." : "", printable(text_.substr(begin, end - begin)), cut_after ? "..." : "",
                  std::string(indent, ' '), std::string(std::max<std::size_t>(1, characters(marked)), '^'));
  return error;
}

}  // namespace bornite
