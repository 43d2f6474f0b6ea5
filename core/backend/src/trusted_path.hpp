#pragma once
// Whether other users of the machine could have put code where we are about to load it from.

#include "bornite/util/error.hpp"

#include <filesystem>

namespace bornite {

/// Refuses a path that everybody may write to, or that lies in a directory that everybody may write to; a sticky one,
/// like /tmp, is accepted above `path`'s own directory. `path` is canonical. Reads the file system.
[[nodiscard]] Result<void> check_trusted(const std::filesystem::path& path);

}  // namespace bornite
