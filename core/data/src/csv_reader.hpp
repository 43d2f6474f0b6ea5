#pragma once
// Rows of fields out of delimited text, without a meaning for the fields.

#include "bornite/util/error.hpp"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace bornite {

struct CsvRow {
  std::size_t line = 0;  ///< where the row starts, counted from 1
  std::vector<std::string> fields;
};

class CsvReader {
 public:
  /// The text must outlive the reader; the name is for errors.
  CsvReader(std::string_view text, std::string name, char delimiter);

  /// Reads the next row into `row`; false at the end. Refuses quotes that are not closed or are followed by text.
  [[nodiscard]] Result<bool> next(CsvRow& row);

 private:
  [[nodiscard]] bool at_end() const { return position_ >= text_.size(); }
  [[nodiscard]] bool is_padding(char c) const;
  void skip_padding();
  void skip_lines_without_data();
  [[nodiscard]] std::string plain_field();
  [[nodiscard]] Result<std::string> quoted_field(std::size_t column);

  std::string_view text_;
  std::string name_;
  char delimiter_;
  std::size_t position_ = 0;
  std::size_t line_ = 1;
};

}  // namespace bornite
