#pragma once
// Where in a text something is wrong, told so that a person finds it.

#include "bornite/util/error.hpp"

#include <cstddef>
#include <string>
#include <string_view>

namespace bornite {

/// A program's text and the name of where it came from. Refers to both; they must outlive it.
class SourceText {
 public:
  /// Counted from 1; the column in characters of UTF-8.
  struct Position {
    std::size_t line;
    std::size_t column;
    friend bool operator==(const Position&, const Position&) = default;
  };

  SourceText(std::string_view name, std::string_view text) : name_(name), text_(text) {}

  [[nodiscard]] std::string_view name() const { return name_; }
  [[nodiscard]] std::string_view text() const { return text_; }
  /// Of a byte of the text, or of its end.
  [[nodiscard]] Position position(std::size_t offset) const;

  /// The error with "NAME:LINE:COLUMN: " before its message, and after it the source line with carets under the
  /// `length` bytes from `offset` on. Only the surroundings of a long line are shown, and '?' for what cannot be
  /// printed.
  [[nodiscard]] Error locate(std::size_t offset, std::size_t length, Error error) const;

 private:
  std::string_view name_;
  std::string_view text_;
};

}  // namespace bornite
