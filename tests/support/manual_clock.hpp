#pragma once
// Time that passes only when somebody sleeps.

#include "bornite/util/clock.hpp"

#include <mutex>
#include <vector>

namespace bornite {

class ManualClock final : public Clock {
 public:
  explicit ManualClock(Instant start = Instant(Duration(1'800'000'000'000))) : start_(start) {}

  [[nodiscard]] Instant now() const override { return start_ + elapsed(); }
  [[nodiscard]] Duration elapsed() const override {
    const std::lock_guard lock(mutex_);
    return elapsed_;
  }
  void sleep(Duration duration) override {
    const std::lock_guard lock(mutex_);
    elapsed_ += duration;
    sleeps_.push_back(duration);
  }
  /// Every sleep so far, in order.
  [[nodiscard]] std::vector<Duration> sleeps() const {
    const std::lock_guard lock(mutex_);
    return sleeps_;
  }

 private:
  mutable std::mutex mutex_;
  Instant start_;
  Duration elapsed_{0};
  std::vector<Duration> sleeps_;
};

}  // namespace bornite
