#pragma once
// Ctrl-C and SIGTERM as a wish, not an end.

#include <atomic>

namespace bornite::cli {

/// From now on the first Ctrl-C or SIGTERM sets stop_requested(), and a second one ends the program at once.
void end_on_signals();
[[nodiscard]] const std::atomic<bool>& stop_requested();

}  // namespace bornite::cli
