#pragma once
// The jobs of a backend that computes inside submit(): they are done as soon as they have an id.

#include "bornite/backend/backend.hpp"
#include "bornite/util/error.hpp"

#include <functional>
#include <mutex>
#include <string>
#include <unordered_map>

namespace bornite {

/// Results by job, and the rules of QuantumBackend about tokens, unknown jobs and forgetting. All functions may be
/// called from several threads at once.
class FinishedJobs {
 public:
  /// `backend` names the backend in job ids and messages.
  explicit FinishedJobs(std::string backend) : backend_(std::move(backend)) {}

  /// Runs the work and keeps its result, unless the token already has a job. The id follows from the token alone, so
  /// two submits at once that share a token get one job. Refuses an empty token.
  [[nodiscard]] Result<JobId> submit(const SubmissionToken& token, const std::function<Result<ShotTable>()>& run);
  [[nodiscard]] Result<JobStatus> poll(const JobId& job) const;
  /// Refuses a shape that the outcomes do not have.
  [[nodiscard]] Result<ShotTable> fetch(const JobId& job, const JobShape& shape) const;
  [[nodiscard]] Result<JobLookup> find(const SubmissionToken& token) const;
  [[nodiscard]] Result<void> cancel(const JobId& job) const;
  void forget(const JobId& job);

 private:
  [[nodiscard]] JobId id_of(const SubmissionToken& token) const { return backend_ + "-" + token; }
  [[nodiscard]] bool contains(const JobId& job) const;
  [[nodiscard]] Error unknown(const JobId& job) const;

  std::string backend_;
  mutable std::mutex mutex_;
  std::unordered_map<JobId, ShotTable> results_;
};

}  // namespace bornite
