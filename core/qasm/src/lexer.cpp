#include "lexer.hpp"

#include "characters.hpp"

#include <algorithm>
#include <array>

namespace bornite::qasm {
namespace {

constexpr std::size_t longest_token = 1024;
constexpr std::size_t most_words = 1'000'000;

struct Symbol {
  std::string_view text;
  TokenKind kind;
};

// Longer ones first.
constexpr std::array symbols{
    Symbol{"**=", TokenKind::compound_assign},
    Symbol{"<<=", TokenKind::compound_assign},
    Symbol{">>=", TokenKind::compound_assign},
    Symbol{"->", TokenKind::arrow},
    Symbol{"++", TokenKind::concatenate},
    Symbol{"**", TokenKind::power},
    Symbol{"&&", TokenKind::and_},
    Symbol{"||", TokenKind::or_},
    Symbol{"==", TokenKind::equal},
    Symbol{"!=", TokenKind::not_equal},
    Symbol{"<=", TokenKind::less_equal},
    Symbol{">=", TokenKind::greater_equal},
    Symbol{"<<", TokenKind::shift_left},
    Symbol{">>", TokenKind::shift_right},
    Symbol{"+=", TokenKind::compound_assign},
    Symbol{"-=", TokenKind::compound_assign},
    Symbol{"*=", TokenKind::compound_assign},
    Symbol{"/=", TokenKind::compound_assign},
    Symbol{"%=", TokenKind::compound_assign},
    Symbol{"&=", TokenKind::compound_assign},
    Symbol{"|=", TokenKind::compound_assign},
    Symbol{"^=", TokenKind::compound_assign},
    Symbol{"[", TokenKind::left_bracket},
    Symbol{"]", TokenKind::right_bracket},
    Symbol{"{", TokenKind::left_brace},
    Symbol{"}", TokenKind::right_brace},
    Symbol{"(", TokenKind::left_parenthesis},
    Symbol{")", TokenKind::right_parenthesis},
    Symbol{":", TokenKind::colon},
    Symbol{";", TokenKind::semicolon},
    Symbol{",", TokenKind::comma},
    Symbol{"@", TokenKind::at},
    Symbol{"#", TokenKind::hash},
    Symbol{"+", TokenKind::plus},
    Symbol{"-", TokenKind::minus},
    Symbol{"*", TokenKind::star},
    Symbol{"/", TokenKind::slash},
    Symbol{"%", TokenKind::percent},
    Symbol{"&", TokenKind::ampersand},
    Symbol{"|", TokenKind::pipe},
    Symbol{"^", TokenKind::caret},
    Symbol{"~", TokenKind::tilde},
    Symbol{"!", TokenKind::not_},
    Symbol{"<", TokenKind::less},
    Symbol{">", TokenKind::greater},
    Symbol{"=", TokenKind::assign},
};

/// By character, those that no longer symbol begins with: they are the most frequent ones.
constexpr std::array<TokenKind, 256> make_lone_symbols() {
  std::array<TokenKind, 256> lone{};
  for (TokenKind& kind : lone) kind = TokenKind::bad;
  for (const Symbol& symbol : symbols) {
    bool is_lone = true;
    for (const Symbol& other : symbols) is_lone &= other.text.size() == 1 || other.text[0] != symbol.text[0];
    if (is_lone) lone[static_cast<unsigned char>(symbol.text[0])] = symbol.kind;
  }
  return lone;
}

constexpr auto lone_symbols = make_lone_symbols();

}  // namespace

Lexer::Lexer(std::string_view text) : text_(text) {
  if (text_.starts_with("\xEF\xBB\xBF")) at_ = 3;
}

Token Lexer::token(TokenKind kind, std::size_t length) {
  const Token result{kind, Word::count, static_cast<std::uint32_t>(at_), static_cast<std::uint32_t>(length)};
  at_ += length;
  return result;
}

Token Lexer::bad(std::size_t length, std::string_view problem) {
  problem_ = problem;
  return token(TokenKind::bad, std::min(length, text_.size() - at_));
}

/// False at a comment without an end.
bool Lexer::skip_blanks() {
  while (at_ < text_.size()) {
    if (is(text_[at_], blank)) {
      ++at_;
    } else if (text_[at_] == '/' && peek(1) == '/') {
      at_ = std::min(text_.find('\n', at_), text_.size());
    } else if (text_[at_] == '/' && peek(1) == '*') {
      const std::size_t end = text_.find("*/", at_ + 2);
      if (end == std::string_view::npos) return false;
      at_ = end + 2;
    } else {
      break;
    }
  }
  return true;
}

Token Lexer::next() {
  if (!skip_blanks()) return bad(2, "This comment has no end.");
  if (at_ >= text_.size()) return token(TokenKind::end, 0);
  const char first = text_[at_];
  if (is(first, letter)) return word();
  if (is(first, digit) || (first == '.' && is(peek(1), digit))) return number();
  if (first == '"' || first == '\'') return string();
  if (first == '$') return physical();
  return symbol();
}

Token Lexer::word() {
  std::size_t length = 1;
  unsigned char all = static_cast<unsigned char>(text_[at_]);
  for (; is(peek(length), letter | digit); ++length) all |= static_cast<unsigned char>(text_[at_ + length]);
  if (length > longest_token) return bad(length, "This name is longer than 1,024 bytes.");
  const std::string_view name = text_.substr(at_, length);
  if (all >= 0x80 && !is_utf8(name)) return bad(length, "This is not UTF-8.");
  const Word number = words_.number(name);
  if (static_cast<std::size_t>(number) >= most_words)
    return bad(length, "There are more than 1,000,000 different names.");
  Token result = token(TokenKind::word, length);
  result.word = number;
  return result;
}

Token Lexer::number() {
  std::size_t length = 0;
  TokenKind kind = TokenKind::integer;
  const auto skip_digits = [&] {
    while (is(peek(length), digit) || peek(length) == '_') ++length;
  };
  if (peek(0) == '0' && is(peek(1), letter) && std::string_view("xXbBo").find(peek(1)) != std::string_view::npos) {
    for (length = 2; is(peek(length), letter | digit);) ++length;
  } else {
    skip_digits();
    if (peek(length) == '.') {
      kind = TokenKind::real;
      ++length;
      skip_digits();
    }
    if (peek(length) == 'e' || peek(length) == 'E') {
      const std::size_t sign = peek(length + 1) == '+' || peek(length + 1) == '-' ? 1 : 0;
      if (is(peek(length + 1 + sign), digit)) {
        kind = TokenKind::real;
        length += 1 + sign;
        skip_digits();
      }
    }
  }
  if (length > longest_token) return bad(length, "This number is longer than 1,024 characters.");
  return token(kind, length);
}

Token Lexer::string() {
  const std::size_t end = text_.find_first_of(text_[at_] == '"' ? "\"\r\n" : "'\r\n", at_ + 1);
  if (end == std::string_view::npos || text_[end] != text_[at_]) return bad(1, "This string has no end.");
  return token(TokenKind::string, end + 1 - at_);
}

Token Lexer::physical() {
  std::size_t length = 1;
  while (is(peek(length), digit)) ++length;
  if (length == 1) return bad(1, "A physical qubit is written as $ and its number, as in $3.");
  return token(TokenKind::physical, length);
}

Token Lexer::symbol() {
  if (const TokenKind kind = lone_symbols[static_cast<unsigned char>(text_[at_])]; kind != TokenKind::bad)
    return token(kind, 1);
  const std::string_view rest = text_.substr(at_, 3);
  for (const Symbol& candidate : symbols)
    if (rest.starts_with(candidate.text)) return token(candidate.kind, candidate.text.size());
  return bad(1, "This character has no meaning here.");
}

TokenKind Lexer::operator_kind(std::string_view text) const {
  const auto found = std::ranges::find(symbols, text, &Symbol::text);
  return found == symbols.end() ? TokenKind::bad : found->kind;
}

}  // namespace bornite::qasm
