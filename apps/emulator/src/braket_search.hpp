#pragma once
// Braket's searches over tasks and devices.

#include "bornite/emulator/http.hpp"

#include <string>
#include <string_view>

namespace bornite::emulator {

/// Refuses, in a sentence, filters that are not {name, operator, values} with known names and operators. `operators`
/// says whether there are operators at all: for devices there are none.
[[nodiscard]] boost::system::result<void, std::string> check_braket_filters(const Json& body, bool operators);

/// Whether a summary passes all filters of a body that was checked.
[[nodiscard]] bool passes_braket_filters(const Json& summary, const Json& body);

}  // namespace bornite::emulator
