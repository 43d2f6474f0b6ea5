#pragma once
// Walks over a program token by token, and says where it stands when something is wrong.

#include "bornite/qasm/reader.hpp"
#include "bornite/qasm/source_text.hpp"
#include "lexer.hpp"

#include <string>
#include <string_view>

namespace bornite::qasm {

class Cursor {
 public:
  Cursor(std::string_view text, std::string_view source, const QasmLimits& limits);

  [[nodiscard]] const Token& token() const { return token_; }
  [[nodiscard]] bool at(TokenKind kind) const { return token_.kind == kind; }
  [[nodiscard]] bool at(Word word) const { return token_.kind == TokenKind::word && token_.word == word; }
  void advance() { token_ = lexer_.next(); }
  /// Whether the token is of this kind; it is then left behind.
  [[nodiscard]] bool accept(TokenKind kind);
  [[nodiscard]] bool accept(Word word);
  /// `what` names the token in the error: "\";\"".
  [[nodiscard]] Result<Token> expect(TokenKind kind, std::string_view what);
  /// A word that is no keyword.
  [[nodiscard]] Result<Token> expect_name(std::string_view what);
  /// Goes on at this token, which may lie before or after.
  void go_to(const Token& token);
  /// The rest of the token's line, without blanks at its ends; goes on after it.
  [[nodiscard]] std::string_view rest_of_line();
  /// Leaves behind everything up to the bracket that closes the one here.
  [[nodiscard]] Result<void> skip_balanced();

  [[nodiscard]] std::string_view text(const Token& token) const { return lexer_.text(token); }
  [[nodiscard]] std::string_view text(Word word) const { return lexer_.text(word); }
  [[nodiscard]] TokenKind operator_kind(std::string_view text) const { return lexer_.operator_kind(text); }
  [[nodiscard]] SourceText::Position position(const Token& token) const { return source_.position(token.offset); }
  [[nodiscard]] const QasmLimits& limits() const { return limits_; }

  /// An error at this token.
  [[nodiscard]] Error refuse(const Token& token, std::string message, std::string hint = {},
                             ErrorKind kind = ErrorKind::input) const;
  /// "... is not supported."
  [[nodiscard]] Error unsupported(const Token& token, std::string_view what, std::string hint) const;
  [[nodiscard]] Error locate(const Token& token, Error error) const;
  /// For a token that does not fit: "... is expected here, not ...".
  [[nodiscard]] Error expected(std::string_view what) const;

  /// Counts steps; refuses what goes past the limit.
  [[nodiscard]] Result<void> charge(std::size_t steps);

 private:
  Lexer lexer_;
  SourceText source_;
  QasmLimits limits_;
  Token token_;
  std::size_t work_ = 0;
};

/// Counts one more level of nesting while it lives.
class Nesting {
 public:
  explicit Nesting(std::size_t& depth) : depth_(depth) { ++depth_; }
  ~Nesting() { --depth_; }
  Nesting(const Nesting&) = delete;
  Nesting& operator=(const Nesting&) = delete;

 private:
  std::size_t& depth_;
};

}  // namespace bornite::qasm
