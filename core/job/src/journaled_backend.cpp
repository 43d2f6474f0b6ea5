#include "bornite/job/journaled_backend.hpp"

namespace bornite {
namespace {

Capabilities without_limits(Capabilities capabilities) {
  constexpr std::uint64_t unlimited = Capabilities::unlimited;
  capabilities.max_rows = capabilities.max_shots = capabilities.max_total_shots = unlimited;
  capabilities.max_payload_bytes = capabilities.max_jobs_in_flight = capabilities.submissions_per_minute = unlimited;
  capabilities.uniform_shots = false;
  return capabilities;
}

}  // namespace

JournaledBackend::JournaledBackend(QuantumBackend& backend, JobEngine& engine)
    : SynchronousBackend(backend.capabilities().name),
      backend_(backend),
      engine_(engine),
      capabilities_(without_limits(backend.capabilities())) {}

Result<JobForecast> JournaledBackend::forecast(const SampleRequest& request) {
  BORNITE_CHECK(validate(request, capabilities_));
  const WorkUnit unit = unit_of(request);
  BORNITE_TRY(const Spending spending, engine_.plan(std::span(&unit, 1)));
  JobForecast forecast{.shape = shape_of(request)};
  if (spending.jobs_without_usd == 0) forecast.price.usd = spending.usd;
  if (spending.jobs_without_seconds == 0) forecast.price.qpu_seconds = spending.qpu_seconds;
  return forecast;
}

Result<ShotTable> JournaledBackend::run(const SampleRequest& request) { return engine_.run(unit_of(request)); }

}  // namespace bornite
