#pragma once
// Keeps to a provider's limits on how many jobs may be sent.

#include "bornite/backend/capabilities.hpp"
#include "bornite/util/clock.hpp"

#include <deque>
#include <mutex>
#include <optional>
#include <vector>

namespace bornite {

/// Lets so many jobs be under way at once, and so many be sent in any 60 seconds. Shared by all threads that use one
/// backend.
class SubmissionGate {
 public:
  /// `sent` are the times of earlier submissions, as the journal has them.
  SubmissionGate(const Capabilities& limits, const Clock& clock, const std::vector<Clock::Instant>& sent = {});

  /// Takes a place if there is one. Otherwise how long to wait before asking again.
  [[nodiscard]] std::optional<Clock::Duration> enter();
  /// Takes a place, limit or not, for a job that is under way already.
  void occupy();
  /// Gives a place back.
  void leave();

 private:
  std::uint64_t most_in_flight_;
  std::uint64_t most_per_minute_;
  const Clock& clock_;
  std::mutex mutex_;
  std::uint64_t in_flight_ = 0;
  std::deque<Clock::Duration> sent_;  // in the last minute, as Clock::elapsed()
};

}  // namespace bornite
