#include "bornite/backend/finished_jobs.hpp"

#include <fmt/format.h>

namespace bornite {

Result<JobId> FinishedJobs::submit(const SubmissionToken& token, const std::function<Result<ShotTable>()>& run) {
  if (token.empty())
    return Error{ErrorKind::input, fmt::format("A job was submitted to {} without a token.", backend_),
                 "Give each submission its own token."};
  JobId job = id_of(token);
  if (contains(job)) return job;
  BORNITE_TRY(ShotTable table, run());
  const std::scoped_lock lock(mutex_);
  results_.try_emplace(job, std::move(table));
  return job;
}

Result<JobStatus> FinishedJobs::poll(const JobId& job) const {
  if (!contains(job)) return unknown(job);
  return JobStatus{.state = JobState::done};
}

Result<ShotTable> FinishedJobs::fetch(const JobId& job, const JobShape& shape) const {
  const std::scoped_lock lock(mutex_);
  const auto found = results_.find(job);
  if (found == results_.end()) return unknown(job);
  BORNITE_CHECK(check_shape(found->second, shape));
  return found->second;
}

Result<JobLookup> FinishedJobs::find(const SubmissionToken& token) const {
  const JobId job = id_of(token);
  if (contains(job)) return JobLookup{JobLookup::Answer::found, job};
  return JobLookup{JobLookup::Answer::absent};
}

Result<void> FinishedJobs::cancel(const JobId& job) const {
  if (!contains(job)) return unknown(job);
  return {};
}

void FinishedJobs::forget(const JobId& job) {
  const std::scoped_lock lock(mutex_);
  results_.erase(job);
}

bool FinishedJobs::contains(const JobId& job) const {
  const std::scoped_lock lock(mutex_);
  return results_.contains(job);
}

Error FinishedJobs::unknown(const JobId& job) const {
  return Error{ErrorKind::input, fmt::format("Backend {} has no job '{}'.", backend_, job),
               "Jobs of a local simulator end with the program that made them; submit it again."};
}

}  // namespace bornite
