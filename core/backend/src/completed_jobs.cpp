#include "bornite/backend/completed_jobs.hpp"

#include <fmt/format.h>

#include <utility>

namespace bornite {

Result<JobId> CompletedJobs::submit(const SubmissionToken& token, const std::function<Result<ShotTable>()>& run) {
  JobId job = fmt::format("{}:{}", backend_, token);
  if (find(job)) return job;
  BORNITE_TRY(ShotTable table, run());  // unlocked: several jobs may run at once
  const std::lock_guard lock(mutex_);
  results_.try_emplace(job, std::make_shared<const ShotTable>(std::move(table)));
  return job;
}

Result<JobStatus> CompletedJobs::poll(const JobId& job) const {
  if (!find(job)) return unknown(job);
  return JobStatus{JobState::done};
}

Result<ShotTable> CompletedJobs::fetch(const JobId& job) const {
  const std::shared_ptr<const ShotTable> table = find(job);
  if (!table) return unknown(job);
  return *table;
}

Result<void> CompletedJobs::cancel(const JobId& job) const {
  if (!find(job)) return unknown(job);
  return {};
}

void CompletedJobs::forget(const JobId& job) {
  const std::lock_guard lock(mutex_);
  results_.erase(job);
}

std::shared_ptr<const ShotTable> CompletedJobs::find(const JobId& job) const {
  const std::lock_guard lock(mutex_);
  const auto found = results_.find(job);
  return found == results_.end() ? nullptr : found->second;
}

Error CompletedJobs::unknown(const JobId& job) const {
  return {ErrorKind::input, fmt::format("Backend {} knows no job \"{}\".", backend_, job),
          "Jobs live as long as the program that submitted them, until they are forgotten; submit it again."};
}

}  // namespace bornite
