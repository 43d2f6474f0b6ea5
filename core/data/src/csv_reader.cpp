#include "csv_reader.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace bornite {

CsvReader::CsvReader(std::string_view text, std::string name, char delimiter)
    : text_(text), name_(std::move(name)), delimiter_(delimiter) {
  if (text_.starts_with("\xef\xbb\xbf")) text_.remove_prefix(3);  // the byte-order mark that spreadsheets write
}

// A carriage return counts, so that CRLF needs no further care.
bool CsvReader::is_padding(char c) const { return c != delimiter_ && (c == ' ' || c == '\t' || c == '\r'); }

void CsvReader::skip_padding() {
  while (!at_end() && is_padding(text_[position_])) ++position_;
}

void CsvReader::skip_lines_without_data() {
  while (!at_end()) {
    const std::size_t start = position_;
    skip_padding();
    if (!at_end() && text_[position_] != '\n' && text_[position_] != '#') {
      position_ = start;
      return;
    }
    position_ = std::min(text_.find('\n', position_), text_.size());
    if (!at_end()) ++position_;
    ++line_;
  }
}

Result<bool> CsvReader::next(CsvRow& row) {
  skip_lines_without_data();
  if (at_end()) return false;
  row.line = line_;
  row.fields.clear();
  while (true) {
    skip_padding();
    if (!at_end() && text_[position_] == '"') {
      BORNITE_TRY(std::string field, quoted_field(row.fields.size() + 1));
      row.fields.push_back(std::move(field));
    } else {
      row.fields.push_back(plain_field());
    }
    if (at_end()) return true;
    if (text_[position_++] == '\n') break;
  }
  ++line_;
  return true;
}

std::string CsvReader::plain_field() {
  const std::size_t start = position_;
  while (!at_end() && text_[position_] != delimiter_ && text_[position_] != '\n') ++position_;
  std::size_t end = position_;
  while (end > start && is_padding(text_[end - 1])) --end;
  return std::string(text_.substr(start, end - start));
}

Result<std::string> CsvReader::quoted_field(std::size_t column) {
  const std::size_t first_line = line_;
  std::string field;
  for (++position_; !at_end(); ++position_) {
    if (text_[position_] == '"') {
      const bool doubled = position_ + 1 < text_.size() && text_[position_ + 1] == '"';
      if (!doubled) break;
      ++position_;
    }
    if (text_[position_] == '\n') ++line_;
    field += text_[position_];
  }
  if (at_end())
    return Error{ErrorKind::input,
                 fmt::format("{}:{}, column {}: the quote is never closed.", name_, first_line, column),
                 "Close the field with a second quote."};
  ++position_;
  skip_padding();
  if (!at_end() && text_[position_] != delimiter_ && text_[position_] != '\n')
    return Error{ErrorKind::input,
                 fmt::format("{}:{}, column {}: text follows the closing quote.", name_, line_, column),
                 fmt::format("Put a '{}' between fields, and write a quote within quotes twice.", delimiter_)};
  return field;
}

}  // namespace bornite
