#pragma once
// Tables for people: aligned columns under a header.

#include <string>
#include <vector>

namespace bornite::cli {

class TextTable {
 public:
  enum class Align { left, right };
  struct Column {
    std::string title;
    Align align = Align::right;
  };

  explicit TextTable(std::vector<Column> columns) : columns_(std::move(columns)) {}
  void add_row(std::vector<std::string> cells) { rows_.push_back(std::move(cells)); }
  /// Lines with ends; columns two blanks apart.
  [[nodiscard]] std::string to_text() const;

 private:
  std::vector<Column> columns_;
  std::vector<std::vector<std::string>> rows_;
};

/// A bitstring for a table: in full, or its two ends if it is longer than 40 characters.
[[nodiscard]] std::string shortened(const std::string& bits);

}  // namespace bornite::cli
