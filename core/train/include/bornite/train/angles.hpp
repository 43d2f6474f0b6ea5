#pragma once
// Files of angles: one row per line, numbers in radians separated by blanks or commas.

#include "bornite/backend/backend.hpp"
#include "bornite/util/error.hpp"

#include <filesystem>
#include <string>

namespace bornite {

/// Reads rows of `parameters` angles each. Blank lines and lines that start with '#' are skipped. Refuses a row of
/// another length and what is not a finite number, naming the line.
[[nodiscard]] Result<ParameterRows> load_angles(const std::filesystem::path& path, std::size_t parameters);

/// The text of such a file; numbers round-trip.
[[nodiscard]] std::string format_angles(const ParameterRows& rows);

}  // namespace bornite
