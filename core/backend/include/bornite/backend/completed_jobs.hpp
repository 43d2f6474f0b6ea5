#pragma once
// The jobs of a backend that does its work inside submit().

#include "bornite/backend/backend.hpp"

#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <unordered_map>

namespace bornite {

/// Results by job, until they are forgotten. A job's id is the backend's name and the token, so that the same token
/// names the same job in every process. All functions may be called from several threads at once.
class CompletedJobs {
 public:
  /// `backend`: the name that ids and errors carry.
  explicit CompletedJobs(std::string backend) : backend_(std::move(backend)) {}

  /// The job of this token. Unless it is there already, `run` makes its result; if that fails, there is no job and the
  /// error is returned.
  [[nodiscard]] Result<JobId> submit(const SubmissionToken& token, const std::function<Result<ShotTable>()>& run);
  /// Done; refuses a job that is not known.
  [[nodiscard]] Result<JobStatus> poll(const JobId& job) const;
  /// Refuses a job that is not known.
  [[nodiscard]] Result<ShotTable> fetch(const JobId& job) const;
  /// Without effect, because every job is done; refuses one that is not known.
  [[nodiscard]] Result<void> cancel(const JobId& job) const;
  void forget(const JobId& job);

 private:
  [[nodiscard]] std::shared_ptr<const ShotTable> find(const JobId& job) const;
  [[nodiscard]] Error unknown(const JobId& job) const;

  std::string backend_;
  mutable std::mutex mutex_;
  std::unordered_map<JobId, std::shared_ptr<const ShotTable>> results_;
};

}  // namespace bornite
