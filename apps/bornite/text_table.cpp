#include "text_table.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace bornite::cli {

namespace {

/// Characters on the screen: bytes of UTF-8 that do not continue another.
std::size_t width(const std::string& text) {
  return static_cast<std::size_t>(
      std::ranges::count_if(text, [](char c) { return (static_cast<unsigned char>(c) & 0xc0) != 0x80; }));
}

}  // namespace

std::string TextTable::to_text() const {
  std::vector<std::size_t> widths;
  for (std::size_t c = 0; c < columns_.size(); ++c) {
    widths.push_back(width(columns_[c].title));
    for (const auto& row : rows_) widths[c] = std::max(widths[c], width(row[c]));
  }
  std::string lines;
  const auto add_line = [&](const auto& cell) {
    std::string line;
    for (std::size_t c = 0; c < columns_.size(); ++c) {
      if (c > 0) line += "  ";
      const std::string text = cell(c);
      const std::string padding(widths[c] - width(text), ' ');
      line += columns_[c].align == Align::left ? text + padding : padding + text;
    }
    lines += line.substr(0, line.find_last_not_of(' ') + 1) + '\n';
  };
  add_line([&](std::size_t c) -> const std::string& { return columns_[c].title; });
  add_line([&](std::size_t c) { return std::string(widths[c], '-'); });
  for (const auto& row : rows_) add_line([&](std::size_t c) -> const std::string& { return row[c]; });
  return lines;
}

std::string shortened(const std::string& bits) {
  if (bits.size() <= 40) return bits;
  return fmt::format("{}...{}", bits.substr(0, 18), bits.substr(bits.size() - 18));
}

}  // namespace bornite::cli
