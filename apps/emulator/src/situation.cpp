#include "bornite/emulator/dialect.hpp"

namespace bornite::emulator {

Situation::Situation(JobStore& store, const Timing& timing, Clock::Instant now, const Fault* fault)
    : store_(store),
      timing_(timing),
      now_(now),
      stuck_(fault != nullptr && fault->action == FaultAction::stuck),
      fail_(fault != nullptr && fault->action == FaultAction::fail_job),
      distortion_(fault == nullptr                            ? Distortion::none
                  : fault->action == FaultAction::wrong_width ? Distortion::width
                  : fault->action == FaultAction::wrong_shots ? Distortion::shots
                                                              : Distortion::none) {}

Result<void> Situation::accept(Job job) const {
  job.created = now_;
  job.stuck = stuck_;
  if (fail_ && job.failure_code.empty()) {
    job.failure_code = "InternalError";
    job.failure_message = "The emulator's fault script made this job fail.";
  }
  return store_.put(std::move(job));
}

Result<void> Situation::cancel(const Job& job) const {
  Job changed = job;
  changed.cancelled = now_;
  return store_.put(std::move(changed));
}

Phase Situation::phase(const Job& job) const {
  if (job.cancelled) return Phase::cancelled;
  if (job.stuck || now_ < started(job)) return Phase::queued;
  if (now_ < ended(job)) return Phase::running;
  return job.failure_code.empty() ? Phase::done : Phase::failed;
}

Clock::Instant Situation::ended(const Job& job) const {
  return job.cancelled ? *job.cancelled : started(job) + timing_.latency;
}

bool is_final(Phase phase) { return phase == Phase::done || phase == Phase::failed || phase == Phase::cancelled; }

}  // namespace bornite::emulator
