#pragma once
// What backends share that do all their work inside submit().

#include "bornite/backend/backend.hpp"
#include "bornite/backend/finished_jobs.hpp"

#include <cstddef>
#include <functional>
#include <string>
#include <utility>

namespace bornite {

/// A backend whose jobs are done as soon as they have an id. Base is QuantumBackend or ExactBackend.
template <typename Base>
class SynchronousBackend : public Base {
 public:
  /// Runs all rows now; the job is done when this returns.
  [[nodiscard]] Result<JobId> submit(const SampleRequest& request, const SubmissionToken& token) final {
    BORNITE_CHECK(validate(request, this->capabilities()));
    return jobs_.submit(token, [&] { return run(request); });
  }
  [[nodiscard]] Result<JobStatus> poll(const JobId& job) final { return jobs_.poll(job); }
  [[nodiscard]] Result<ShotTable> fetch(const JobId& job, const JobShape& shape) final {
    return jobs_.fetch(job, shape);
  }
  [[nodiscard]] Result<JobLookup> find(const SubmissionToken& token) final { return jobs_.find(token); }
  [[nodiscard]] Result<void> cancel(const JobId& job) final { return jobs_.cancel(job); }
  void forget(const JobId& job) final { jobs_.forget(job); }

 protected:
  /// `name` stands in job ids and messages.
  explicit SynchronousBackend(std::string name) : jobs_(std::move(name)) {}

 private:
  /// The outcomes of a request that the capabilities allow.
  [[nodiscard]] virtual Result<ShotTable> run(const SampleRequest& request) = 0;

  FinishedJobs jobs_;
};

/// The table of rows that are sampled one by one, over all cores if `in_parallel`. The first error in their order wins.
[[nodiscard]] Result<ShotTable> sample_rows(std::size_t rows, bool in_parallel,
                                            const std::function<Result<ShotRow>(std::size_t row)>& sample_row);

}  // namespace bornite
