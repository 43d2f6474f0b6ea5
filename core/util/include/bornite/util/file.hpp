#pragma once
// Whole files in and out, with errors that name the path and the reason.

#include "bornite/util/error.hpp"

#include <filesystem>
#include <string>
#include <string_view>

namespace bornite {

[[nodiscard]] Result<std::string> read_file(const std::filesystem::path& path);

/// Replaces the file in one step: whoever reads it, and whatever happens meanwhile, sees the old or the new contents
/// whole. The contents are on the disk when this returns.
[[nodiscard]] Result<void> write_file_atomically(const std::filesystem::path& path, std::string_view contents);

}  // namespace bornite
