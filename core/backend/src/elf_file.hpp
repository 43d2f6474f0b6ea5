#pragma once
// A look at a file before the dynamic linker maps it.

#include "bornite/util/error.hpp"

#include <filesystem>

namespace bornite {

/// Whether the file is a whole shared object for this machine. The dynamic linker maps what the headers promise, and a
/// file that is shorter than that ends the process with SIGBUS instead of an error; hence this check.
[[nodiscard]] Result<void> check_shared_object(const std::filesystem::path& path);

}  // namespace bornite
