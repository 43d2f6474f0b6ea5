#include "bornite/job/job_engine.hpp"

#include <fmt/format.h>

#include <utility>

#include "bornite/job/digest.hpp"
#include "bornite/job/split.hpp"
#include "job_run.hpp"

namespace bornite {

namespace {

/// Steps from here on are no steps of a training: their shots are drawn when it has ended.
constexpr std::uint32_t after_the_last_step = 0xffffff00;

std::string purpose_of(const SampleRequest& request) {
  const StreamKey& stream = request.stream;
  const std::size_t rows = request.rows.rows();
  const std::string step = stream.step >= after_the_last_step ? "at the end" : fmt::format("step {}", stream.step);
  return fmt::format("restart {}, {}: {} row{}", stream.restart, step, rows, rows == 1 ? "" : "s");
}

}  // namespace

WorkUnit unit_of(const SampleRequest& request) {
  std::string name = digest(request);
  return {name, purpose_of(request), request, name};
}

Result<Spending> forecast(const SampleRequest& request, QuantumBackend& backend) {
  BORNITE_TRY(const std::vector<PlannedPart> parts, split(request, backend));
  Spending sum;
  for (const PlannedPart& planned : parts) sum += spending_of(planned.forecast.shape, planned.forecast.price);
  return sum;
}

Result<std::unique_ptr<JobEngine>> JobEngine::create(QuantumBackend& backend, std::string specification,
                                                     Journal& journal, std::string run, JobEngineOptions options,
                                                     Clock& clock) {
  BORNITE_TRY(RunLock lock, journal.lock(run));
  BORNITE_TRY(const auto sent, journal.sent_since(specification, clock.now() - std::chrono::seconds(60)));
  return std::unique_ptr<JobEngine>(new JobEngine(backend, std::move(specification), journal, std::move(run),
                                                  std::move(lock), std::move(options), clock, sent));
}

JobEngine::JobEngine(QuantumBackend& backend, std::string specification, Journal& journal, std::string run,
                     RunLock lock, JobEngineOptions options, Clock& clock, const std::vector<Clock::Instant>& sent)
    : backend_(backend),
      specification_(std::move(specification)),
      journal_(journal),
      run_(std::move(run)),
      lock_(std::move(lock)),
      options_(std::move(options)),
      clock_(clock),
      gate_(backend.capabilities(), clock, sent) {}

std::vector<Result<ShotTable>> JobEngine::run(std::span<const WorkUnit> units) {
  JobRun run(*this, units);
  Result<void> ready = run.prepare();
  if (ready) ready = run.intend();
  if (!ready) return {units.size(), Result<ShotTable>(ready.error())};
  run.finish();
  return run.results();
}

Result<ShotTable> JobEngine::run(const WorkUnit& unit) { return std::move(run(std::span(&unit, 1)).front()); }

Result<void> JobEngine::send(std::span<const WorkUnit> units) {
  JobRun run(*this, units);
  BORNITE_CHECK(run.prepare());
  BORNITE_CHECK(run.intend());
  run.finish(JobRun::Until::sent);
  return run.first_error();
}

Result<void> JobEngine::collect() {
  JobRun run(*this, {});
  BORNITE_CHECK(run.take_up_all());
  run.finish();
  return run.first_error();
}

Result<Spending> JobEngine::plan(std::span<const WorkUnit> units) {
  JobRun run(*this, units);
  BORNITE_CHECK(run.prepare());
  return run.wanted();
}

}  // namespace bornite
