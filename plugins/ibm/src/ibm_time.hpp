#pragma once
// Dates as IBM writes them.

#include "bornite/util/clock.hpp"

#include <optional>
#include <string_view>

namespace bornite {

/// "2026-11-01T10:00:00-05:00" (ISO 8601) with any fraction of a second, which is dropped, and Z, +HH:MM, +HHMM or
/// nothing, which means UTC, at its end. None if it is something else, or not in the years 1970 to 2200.
[[nodiscard]] std::optional<Clock::Instant> read_ibm_time(std::string_view text);

}  // namespace bornite
