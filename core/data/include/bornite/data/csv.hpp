#pragma once
// Data sets in comma-separated text.

#include "bornite/data/dataset.hpp"
#include "bornite/util/error.hpp"

#include <filesystem>
#include <optional>
#include <string>

namespace bornite {

struct CsvOptions {
  /// The column of the targets: its name in the header, or its index from 0; negative counts from the last, -1.
  std::string target = "-1";
  /// Whether the first row names the columns. Unset: it does if none of its fields is a number.
  std::optional<bool> header{};
  char delimiter = ',';
};

/// Reads a table of numbers (RFC 4180): one example per row, every column but the target is a feature, in file order.
/// Fields may be quoted and padded with blanks; blank lines and lines that start with '#' are skipped; lines end in LF
/// or CRLF. Classes must be numbers. Refuses, with file, line and column: rows of different lengths, empty fields, text
/// that is not a number, NaN, infinities, numbers outside the range of a double, an unknown target and a file without
/// examples.
[[nodiscard]] Result<Dataset> load_csv(const std::filesystem::path& path, const CsvOptions& options = {});

}  // namespace bornite
