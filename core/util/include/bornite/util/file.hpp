#pragma once
// Whole files in and out, with errors that name the path and the reason.

#include "bornite/util/error.hpp"

#include <filesystem>
#include <string>
#include <string_view>

namespace bornite {

/// The file's bytes. ErrorKind::io with the path and the system's reason if that fails.
[[nodiscard]] Result<std::string> read_file(const std::filesystem::path& path);

/// Replaces the file in one step: whoever reads it, and whatever happens meanwhile, sees the old or the new contents
/// whole. The contents are on the disk when this returns. Writes beside it, to its name with ".new" appended, so that
/// one process at a time may replace a file. ErrorKind::io with the path and the system's reason if that fails; the old
/// contents are then untouched and nothing is left behind.
[[nodiscard]] Result<void> write_file_atomically(const std::filesystem::path& path, std::string_view contents);

}  // namespace bornite
