#include "cursor.hpp"

#include <fmt/format.h>

namespace bornite::qasm {

Cursor::Cursor(std::string_view text, std::string_view source, const QasmLimits& limits)
    : lexer_(text), source_(source, text), limits_(limits) {
  advance();
}

bool Cursor::accept(TokenKind kind) {
  const bool is_there = at(kind);
  if (is_there) advance();
  return is_there;
}

bool Cursor::accept(Word word) {
  const bool is_there = at(word);
  if (is_there) advance();
  return is_there;
}

Result<Token> Cursor::expect(TokenKind kind, std::string_view what) {
  if (!at(kind)) return expected(what);
  const Token found = token_;
  advance();
  return found;
}

Result<Token> Cursor::expect_name(std::string_view what) {
  if (!at(TokenKind::word)) return expected(what);
  if (is_keyword(token_.word))
    return refuse(token_, fmt::format("\"{}\" is a word of the language and cannot be a name.", text(token_)));
  const Token found = token_;
  advance();
  return found;
}

void Cursor::go_to(const Token& token) {
  lexer_.seek(token.offset);
  advance();
}

std::string_view Cursor::rest_of_line() {
  const std::string_view all = lexer_.text();
  const std::size_t begin = token_.offset + token_.length;
  const std::size_t end = std::min(all.find_first_of("\r\n", begin), all.size());
  std::string_view line = all.substr(begin, end - begin);
  line.remove_prefix(std::min(line.find_first_not_of(" \t"), line.size()));
  line.remove_suffix(line.size() - (line.find_last_not_of(" \t") + 1));
  lexer_.seek(end);
  advance();
  return line;
}

Result<void> Cursor::skip_balanced() {
  const Token open = token_;
  std::size_t depth = 0;
  do {
    switch (token_.kind) {
      case TokenKind::left_bracket:
      case TokenKind::left_brace:
      case TokenKind::left_parenthesis: ++depth; break;
      case TokenKind::right_bracket:
      case TokenKind::right_brace:
      case TokenKind::right_parenthesis: --depth; break;
      case TokenKind::end: return refuse(open, "This bracket is never closed.");
      case TokenKind::bad: return expected("");
      default: break;
    }
    if (at(TokenKind::hash) || at(Word::pragma))
      static_cast<void>(rest_of_line());
    else
      advance();
  } while (depth != 0);
  return {};
}

Error Cursor::refuse(const Token& token, std::string message, std::string hint, ErrorKind kind) const {
  return locate(token, {kind, std::move(message), std::move(hint)});
}

Error Cursor::unsupported(const Token& token, std::string_view what, std::string hint) const {
  return refuse(token, fmt::format("{} is not supported.", what), std::move(hint), ErrorKind::unsupported);
}

Error Cursor::locate(const Token& token, Error error) const {
  return source_.locate(token.offset, token.length, std::move(error));
}

Error Cursor::expected(std::string_view what) const {
  if (at(TokenKind::bad)) return refuse(token_, std::string(lexer_.problem()));
  if (at(TokenKind::end)) return refuse(token_, fmt::format("{} is expected here, but the text ends.", what));
  constexpr std::size_t longest = 40;
  const std::string_view found = text(token_);
  return refuse(token_, fmt::format("{} is expected here, not {}{}.", what, found.substr(0, longest),
                                    found.size() > longest ? "..." : ""));
}

Result<void> Cursor::charge(std::size_t steps) {
  work_ += steps;
  if (work_ <= limits_.work) return {};
  return refuse(token_, fmt::format("Unrolling this program takes more than {} steps.", limits_.work),
                "Write shorter loops, or raise the limit.", ErrorKind::resource);
}

}  // namespace bornite::qasm
