#pragma once
// A backend whose jobs go through a journal.

#include "bornite/backend/finished_jobs.hpp"
#include "bornite/job/job_engine.hpp"

namespace bornite {

/// Looks like a local simulator to those who use it: submit() takes requests of any size, runs them through the engine
/// to their end, and the job is done when it returns. A request that the run's journal has the outcomes of is not sent
/// again, whoever asked for it first; so a training that is repeated step by step after an interruption pays nothing
/// twice.
class JournaledBackend final : public QuantumBackend {
 public:
  /// What is given by reference must outlive it.
  JournaledBackend(QuantumBackend& backend, JobEngine& engine);

  /// Those of the backend without the limits of one job.
  [[nodiscard]] const Capabilities& capabilities() const override { return capabilities_; }
  [[nodiscard]] Result<JobForecast> forecast(const SampleRequest& request) override;
  [[nodiscard]] Result<JobId> submit(const SampleRequest& request, const SubmissionToken& token) override;
  [[nodiscard]] Result<JobStatus> poll(const JobId& job) override { return jobs_.poll(job); }
  [[nodiscard]] Result<JobLookup> find(const SubmissionToken& token) override { return jobs_.find(token); }
  [[nodiscard]] Result<ShotTable> fetch(const JobId& job, const JobShape& shape) override {
    return jobs_.fetch(job, shape);
  }
  [[nodiscard]] Result<void> cancel(const JobId& job) override { return jobs_.cancel(job); }
  void forget(const JobId& job) override { jobs_.forget(job); }
  [[nodiscard]] Result<std::vector<DeviceSummary>> devices() override { return backend_.devices(); }
  [[nodiscard]] Result<DeviceDescription> describe() override { return backend_.describe(); }

 private:
  QuantumBackend& backend_;
  JobEngine& engine_;
  Capabilities capabilities_;
  FinishedJobs jobs_;
};

}  // namespace bornite
