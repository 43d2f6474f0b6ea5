#include "bornite/data/csv.hpp"

#include "bornite/util/file.hpp"
#include "csv_reader.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <string_view>

namespace bornite {
namespace {

// Blanks outside quotes are gone already; these are inside.
std::string_view without_padding(std::string_view text) {
  text.remove_prefix(std::min(text.find_first_not_of(' '), text.size()));
  return text.substr(0, text.find_last_not_of(' ') + 1);
}

struct ParsedNumber {
  double value;
  std::errc problem;  // invalid_argument: not a number; result_out_of_range: too large or too small
};

ParsedNumber parse_number(std::string_view text) {
  text = without_padding(text);
  if (text.size() > 1 && text[0] == '+' && text[1] != '-') text.remove_prefix(1);
  double value = 0;
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (problem == std::errc{} && end != text.data() + text.size()) return {0, std::errc::invalid_argument};
  return {value, problem};
}

// What a file says may be long or binary; a message shows the beginning, readable.
std::string excerpt(std::string_view text) {
  constexpr std::size_t longest = 40;
  std::string shown(text.substr(0, longest));
  std::replace_if(
      shown.begin(), shown.end(), [](unsigned char c) { return c < 0x20 || c == 0x7f; }, '?');
  return text.size() > longest ? shown + "..." : shown;
}

bool names_columns(const CsvRow& row) {
  return std::none_of(row.fields.begin(), row.fields.end(), [](const std::string& field) {
    return parse_number(field).problem != std::errc::invalid_argument;
  });
}

/// Turns rows of text into a Dataset, and knows how to name a field in an error.
class TableBuilder {
 public:
  TableBuilder(std::string name, const CsvOptions& options) : name_(std::move(name)), options_(options) {}

  Result<void> add_first(const CsvRow& row) {
    columns_ = row.fields.size();
    const bool header = options_.header.value_or(names_columns(row));
    if (header) names_ = row.fields;
    if (columns_ < 2) return one_column(row);
    BORNITE_TRY(target_, find_target());
    data_.features = columns_ - 1;
    return header ? Result<void>{} : add(row);
  }

  Result<void> add(const CsvRow& row) {
    if (row.fields.size() != columns_)
      return Error{
          ErrorKind::input,
          fmt::format("{}:{} has {} fields; the rows before it have {}.", name_, row.line, row.fields.size(), columns_),
          "Give every row the same number of fields."};
    for (std::size_t column = 0; column < columns_; ++column) {
      BORNITE_TRY(const double value, number(row, column));
      (column == target_ ? data_.targets : data_.inputs).push_back(value);
    }
    return {};
  }

  Result<Dataset> finish() && {
    if (data_.rows() == 0)
      return Error{ErrorKind::input, fmt::format("{} has no rows of data.", name_), "Give a file with examples."};
    return std::move(data_);
  }

 private:
  Error one_column(const CsvRow& row) const {
    const bool other = row.fields[0].find_first_of(";\t,|") != std::string::npos;
    return {ErrorKind::input, fmt::format("{}:{} has a single field: \"{}\".", name_, row.line, excerpt(row.fields[0])),
            other ? fmt::format("The delimiter is '{}'; name the file's own, as in data.delimiter = \";\".",
                                options_.delimiter)
                  : "Give at least one feature and the target."};
  }

  Result<std::size_t> find_target() const {
    const std::string& target = options_.target;
    const auto matches = std::count(names_.begin(), names_.end(), target);
    if (matches > 1)
      return Error{ErrorKind::configuration,
                   fmt::format("{} has {} columns named \"{}\", the target.", name_, matches, target),
                   "Give the target's index."};
    if (matches == 1) return static_cast<std::size_t>(std::find(names_.begin(), names_.end(), target) - names_.begin());
    long long index = 0;
    const auto [end, problem] = std::from_chars(target.data(), target.data() + target.size(), index);
    const auto columns = static_cast<long long>(columns_);
    if (problem != std::errc{} || end != target.data() + target.size() || index < -columns || index >= columns)
      return unknown_target();
    return static_cast<std::size_t>(index < 0 ? index + columns : index);
  }

  Error unknown_target() const {
    std::string known = fmt::format("an index from {} to {}", -static_cast<long long>(columns_), columns_ - 1);
    if (!names_.empty()) {
      constexpr std::size_t shown = 30;
      known += " or one of the names";
      for (std::size_t i = 0; i < std::min(names_.size(), shown); ++i)
        known += (i == 0 ? " " : ", ") + excerpt(names_[i]);
      if (names_.size() > shown) known += fmt::format(" and {} more", names_.size() - shown);
    }
    return {ErrorKind::configuration, fmt::format("{} has no target column \"{}\".", name_, options_.target),
            fmt::format("Give {}.", known)};
  }

  std::string place(const CsvRow& row, std::size_t column) const {
    const std::string name = names_.empty() ? "" : fmt::format(" ({})", excerpt(names_[column]));
    return fmt::format("{}:{}, column {}{}", name_, row.line, column + 1, name);
  }

  Result<double> number(const CsvRow& row, std::size_t column) const {
    const std::string& text = row.fields[column];
    if (text.empty())
      return Error{ErrorKind::input, fmt::format("{}: the field is empty.", place(row, column)),
                   "Remove the row or give the value."};
    const auto [value, problem] = parse_number(text);
    if (problem == std::errc::invalid_argument) return not_a_number(row, column);
    if (problem != std::errc{})
      return Error{ErrorKind::input,
                   fmt::format("{}: \"{}\" is outside the range of a double-precision number.", place(row, column),
                               excerpt(text)),
                   "Rescale the column."};
    if (!std::isfinite(value))
      return Error{ErrorKind::input,
                   fmt::format("{}: \"{}\" is not a finite number.", place(row, column), excerpt(text)),
                   "Remove the row or give the value."};
    return value;
  }

  Error not_a_number(const CsvRow& row, std::size_t column) const {
    std::string hint =
        column == target_ ? "Number the classes 0, 1, ... in the file." : "Leave only columns of numbers in the file.";
    if (names_.empty() && data_.rows() == 0) hint += " If this row names the columns, say that there is a header.";
    return {ErrorKind::input,
            fmt::format("{}: \"{}\" is not a number.", place(row, column), excerpt(row.fields[column])), hint};
  }

  std::string name_;
  CsvOptions options_;
  std::vector<std::string> names_;  // empty without a header
  std::size_t columns_ = 0;
  std::size_t target_ = 0;
  Dataset data_;
};

}  // namespace

Result<Dataset> load_csv(const std::filesystem::path& path, const CsvOptions& options) {
  if (std::string_view("\"#\r\n").find(options.delimiter) != std::string_view::npos)
    return Error{ErrorKind::configuration, "A quote, '#' or the end of a line cannot be the delimiter of a CSV file.",
                 "Choose another delimiter, such as ',', ';' or a tab."};
  BORNITE_TRY(const std::string text, read_file(path));
  CsvReader reader(text, path.string(), options.delimiter);
  TableBuilder table(path.string(), options);
  CsvRow row;
  BORNITE_TRY(bool more, reader.next(row));
  if (more) BORNITE_CHECK(table.add_first(row));
  while (more) {
    BORNITE_TRY(more, reader.next(row));
    if (more) BORNITE_CHECK(table.add(row));
  }
  return std::move(table).finish();
}

}  // namespace bornite
