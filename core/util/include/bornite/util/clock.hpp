#pragma once
// Time and waiting, given from outside so that tests need neither.

#include <chrono>

namespace bornite {

class Clock {
 public:
  using Duration = std::chrono::milliseconds;
  using Instant = std::chrono::time_point<std::chrono::system_clock, Duration>;

  virtual ~Clock() = default;
  /// The time of day; may be set by somebody while the program runs.
  [[nodiscard]] virtual Instant now() const = 0;
  /// Time since some moment; never goes back. For waits and deadlines.
  [[nodiscard]] virtual Duration elapsed() const = 0;
  virtual void sleep(Duration duration) = 0;
};

/// The machine's own.
[[nodiscard]] Clock& system_clock();

}  // namespace bornite
