#pragma once
// The dynamic linker's side of a plugin.

#include "bornite/backend/plugin.hpp"
#include "bornite/util/error.hpp"

#include <filesystem>

namespace bornite {

/// Maps the file, for good, and asks it for its description; what that says is not checked here. The file has passed
/// check_shared_object().
[[nodiscard]] Result<const PluginDescription*> open_shared_object(const std::filesystem::path& path);

}  // namespace bornite
