#pragma once
// The version of the library.

#include <string_view>

namespace bornite {

/// "MAJOR.MINOR.PATCH".
[[nodiscard]] std::string_view version();

}  // namespace bornite
