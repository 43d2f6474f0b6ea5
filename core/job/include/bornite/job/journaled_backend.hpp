#pragma once
// A backend whose jobs go through a journal.

#include "bornite/backend/synchronous_backend.hpp"
#include "bornite/job/job_engine.hpp"

namespace bornite {

/// Looks like a local simulator to those who use it: submit() takes requests of any size, runs them through the engine
/// to their end, and the job is done when it returns. A request that the run's journal has the outcomes of is not sent
/// again, whoever asked for it first; so a training that is repeated step by step after an interruption pays nothing
/// twice.
class JournaledBackend final : public SynchronousBackend<QuantumBackend> {
 public:
  /// What is given by reference must outlive it.
  JournaledBackend(QuantumBackend& backend, JobEngine& engine);

  /// Those of the backend without the limits of one job.
  [[nodiscard]] const Capabilities& capabilities() const override { return capabilities_; }
  [[nodiscard]] Result<JobForecast> forecast(const SampleRequest& request) override;
  [[nodiscard]] Result<std::vector<DeviceSummary>> devices() override { return backend_.devices(); }
  [[nodiscard]] Result<DeviceDescription> describe() override { return backend_.describe(); }

 private:
  [[nodiscard]] Result<ShotTable> run(const SampleRequest& request) override;

  QuantumBackend& backend_;
  JobEngine& engine_;
  Capabilities capabilities_;
};

}  // namespace bornite
