#include "bornite/train/angles.hpp"

#include <fmt/format.h>

#include <charconv>
#include <cmath>
#include <string_view>

#include "bornite/util/file.hpp"

namespace bornite {
namespace {

constexpr std::string_view separators = " \t,;\r";

/// The numbers of one line, appended to `values`. An error names the text that is no number.
Result<std::size_t> parse_line(std::string_view line, std::vector<double>& values) {
  std::size_t count = 0;
  for (std::size_t begin = line.find_first_not_of(separators); begin != std::string_view::npos;
       begin = line.find_first_not_of(separators, begin)) {
    const std::size_t end = std::min(line.find_first_of(separators, begin), line.size());
    const std::string_view word = line.substr(begin, end - begin);
    double value = 0;
    const auto [stop, code] = std::from_chars(word.data(), word.data() + word.size(), value);
    if (code != std::errc() || stop != word.data() + word.size() || !std::isfinite(value))
      return Error{ErrorKind::input, fmt::format("\"{}\" is not a finite number", word)};
    values.push_back(value);
    ++count;
    begin = end;
  }
  return count;
}

}  // namespace

Result<ParameterRows> load_angles(const std::filesystem::path& path, std::size_t parameters) {
  BORNITE_TRY(const std::string text, read_file(path));
  std::vector<double> values;
  std::size_t rows = 0;
  std::size_t number = 0;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    const std::string_view line = std::string_view(text).substr(begin, end - begin);
    begin = end + 1;
    ++number;
    if (line.starts_with('#')) continue;
    const auto count = parse_line(line, values);
    if (!count)
      return Error{ErrorKind::input, fmt::format("{}:{}: {}.", path.string(), number, count.error().message),
                   "Write angles in radians, separated by blanks."};
    if (*count == 0) continue;
    if (*count != parameters)
      return Error{ErrorKind::input,
                   fmt::format("{}:{}: the row has {} angles, the circuit has {} parameters.", path.string(), number,
                               *count, parameters),
                   "Write, for each block of an ansatz, the Ry angles of qubit 0 to N-1 and then the Rz angles; of a "
                   "program, a value for each input in the order of their declaration."};
    ++rows;
  }
  if (rows == 0)
    return Error{ErrorKind::input, fmt::format("{} holds no row of angles.", path.string()), "Write one row per line."};
  return ParameterRows(rows, parameters, std::move(values));
}

std::string format_angles(const ParameterRows& rows) {
  std::string text;
  for (std::size_t row = 0; row < rows.rows(); ++row) text += fmt::format("{}\n", fmt::join(rows[row], " "));
  return text;
}

}  // namespace bornite
