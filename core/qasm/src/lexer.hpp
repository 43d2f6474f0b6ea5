#pragma once
// The tokens of a program's text.

#include "words.hpp"

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace bornite::qasm {

enum class TokenKind : std::uint8_t {
  end,
  bad,
  word,
  integer,
  real,
  string,
  physical,
  left_bracket,
  right_bracket,
  left_brace,
  right_brace,
  left_parenthesis,
  right_parenthesis,
  colon,
  semicolon,
  comma,
  arrow,
  at,
  hash,
  plus,
  minus,
  star,
  slash,
  percent,
  power,
  concatenate,
  ampersand,
  pipe,
  caret,
  tilde,
  and_,
  or_,
  not_,
  equal,
  not_equal,
  less,
  less_equal,
  greater,
  greater_equal,
  shift_left,
  shift_right,
  assign,
  compound_assign  ///< the last character is '=', the text before it is the operator
};

struct Token {
  TokenKind kind = TokenKind::end;
  Word word = Word::count;  ///< of a word
  std::uint32_t offset = 0;
  std::uint32_t length = 0;
};

/// Reads tokens one after the other, from wherever it is told to. The text has less than 4 GiB.
class Lexer {
 public:
  explicit Lexer(std::string_view text);

  [[nodiscard]] Token next();
  /// Goes on at this byte.
  void seek(std::size_t offset) { at_ = offset; }
  [[nodiscard]] std::size_t offset() const { return at_; }
  [[nodiscard]] std::string_view text(const Token& token) const { return text_.substr(token.offset, token.length); }
  [[nodiscard]] std::string_view text() const { return text_; }
  [[nodiscard]] std::string_view text(Word word) const { return words_.text(word); }
  /// What is wrong with the last bad token.
  [[nodiscard]] std::string_view problem() const { return problem_; }

  [[nodiscard]] TokenKind operator_kind(std::string_view text) const;

 private:
  [[nodiscard]] char peek(std::size_t ahead) const { return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0'; }
  [[nodiscard]] bool skip_blanks();
  [[nodiscard]] Token token(TokenKind kind, std::size_t length);
  [[nodiscard]] Token bad(std::size_t length, std::string_view problem);
  [[nodiscard]] Token word();
  [[nodiscard]] Token number();
  [[nodiscard]] Token string();
  [[nodiscard]] Token physical();
  [[nodiscard]] Token symbol();

  std::string_view text_;
  std::size_t at_ = 0;
  std::string_view problem_;
  WordTable words_;
};

}  // namespace bornite::qasm
