#include "program_outline.hpp"

#include <algorithm>
#include <cctype>

namespace bornite::emulator {
namespace {

bool is_word_character(char c) { return std::isalnum(static_cast<unsigned char>(c)) || c == '_'; }
bool is_blank(char c) { return std::isspace(static_cast<unsigned char>(c)) != 0; }

std::string trimmed(std::string_view text) {
  while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_blank(text.back())) text.remove_suffix(1);
  return std::string(text);
}

/// Without comments and without lines that begin with '#'.
std::string bare(std::string_view program) {
  std::string text;
  std::size_t i = 0;
  const auto skip_to = [&](std::string_view end) {
    const std::size_t found = program.find(end, i);
    i = found == std::string_view::npos ? program.size() : found + end.size();
    text += ' ';
  };
  while (i < program.size()) {
    const std::string_view rest = program.substr(i);
    if (rest.starts_with("//") || rest.starts_with('#'))
      skip_to("\n");
    else if (rest.starts_with("/*"))
      skip_to("*/");
    else
      text += program[i++];
  }
  return text;
}

std::string first_word(std::string_view text) {
  std::size_t length = 0;
  while (length < text.size() && is_word_character(text[length])) ++length;
  return std::string(text.substr(0, length));
}

bool has_word(std::string_view text, std::string_view word) {
  for (std::size_t at = text.find(word); at != std::string_view::npos; at = text.find(word, at + 1)) {
    const bool begins = at == 0 || !is_word_character(text[at - 1]);
    const std::size_t end = at + word.size();
    if (begins && (end == text.size() || !is_word_character(text[end]))) return true;
  }
  return false;
}

/// Parts between the commas that stand outside of brackets.
std::vector<std::string> parts(std::string_view text) {
  std::vector<std::string> result;
  int depth = 0;
  std::size_t begin = 0;
  for (std::size_t i = 0; i <= text.size(); ++i) {
    if (i < text.size() && (text[i] == '(' || text[i] == '[')) ++depth;
    if (i < text.size() && (text[i] == ')' || text[i] == ']')) --depth;
    if (i < text.size() && (text[i] != ',' || depth != 0)) continue;
    result.push_back(trimmed(text.substr(begin, i - begin)));
    begin = i + 1;
  }
  if (result.size() == 1 && result[0].empty()) result.clear();
  return result;
}

/// Just after the bracket that closes the one at the front.
std::size_t closing(std::string_view text) {
  int depth = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '(') ++depth;
    if (text[i] == ')' && --depth == 0) return i + 1;
  }
  return text.size();
}

Statement read_statement(std::string_view text) {
  Statement statement{.name = first_word(text)};
  if (has_word(text, "measure")) {
    statement.name = "measure";
    return statement;
  }
  std::string rest = trimmed(text.substr(statement.name.size()));
  if (rest.starts_with('(')) {
    const std::size_t end = closing(rest);
    statement.arguments = parts(std::string_view(rest).substr(1, end >= 2 ? end - 2 : 0));
    rest = rest.substr(end);
  }
  statement.operands = parts(rest);
  return statement;
}

}  // namespace

ProgramOutline outline(std::string_view program) {
  const std::string text = bare(program);
  ProgramOutline result;
  std::size_t begin = 0;
  while (begin < text.size()) {
    const std::size_t end = std::min(text.find_first_of(";{}", begin), text.size());
    const std::string statement = trimmed(std::string_view(text).substr(begin, end - begin));
    begin = end + 1;
    if (first_word(statement) == "gate" && end < text.size() && text[end] == '{') {
      result.definitions.insert(first_word(trimmed(std::string_view(statement).substr(4))));
      const std::size_t close = text.find('}', end);
      begin = close == std::string::npos ? text.size() : close + 1;
    } else if (!statement.empty()) {
      result.statements.push_back(read_statement(statement));
    }
  }
  return result;
}

}  // namespace bornite::emulator
