#pragma once
// The names by which users choose a backend.

#include "bornite/util/error.hpp"

#include <string_view>

namespace bornite {

/// Lower-case letters, digits, '_' and '-', beginning with a letter: safe on a command line and before a colon.
[[nodiscard]] Result<void> check_backend_name(std::string_view name);

}  // namespace bornite
