#include "bornite/job/submission_gate.hpp"

#include <algorithm>

namespace bornite {
namespace {

constexpr Clock::Duration window = std::chrono::seconds(60);
constexpr Clock::Duration until_a_job_ends = std::chrono::milliseconds(50);

}  // namespace

SubmissionGate::SubmissionGate(const Capabilities& limits, const Clock& clock, const std::vector<Clock::Instant>& sent)
    : most_in_flight_(limits.max_jobs_in_flight), most_per_minute_(limits.submissions_per_minute), clock_(clock) {
  const Clock::Duration elapsed = clock.elapsed();
  const Clock::Instant now = clock.now();
  for (const Clock::Instant instant : sent)
    if (instant > now - window) sent_.push_back(elapsed - std::max(now - instant, Clock::Duration(0)));
}

std::optional<Clock::Duration> SubmissionGate::enter() {
  const std::lock_guard lock(mutex_);
  if (in_flight_ >= most_in_flight_) return until_a_job_ends;
  const Clock::Duration now = clock_.elapsed();
  while (!sent_.empty() && sent_.front() <= now - window) sent_.pop_front();
  if (sent_.size() >= most_per_minute_) return sent_.front() + window - now + Clock::Duration(1);
  ++in_flight_;
  if (most_per_minute_ != Capabilities::unlimited) sent_.push_back(now);
  return {};
}

void SubmissionGate::occupy() {
  const std::lock_guard lock(mutex_);
  ++in_flight_;
}

void SubmissionGate::leave() {
  const std::lock_guard lock(mutex_);
  --in_flight_;
}

}  // namespace bornite
