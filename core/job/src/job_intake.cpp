// Which jobs a run has: those of the journal, and new ones, which are written there before anything is sent.

#include "job_run.hpp"

#include <fmt/format.h>

#include <utility>

#include "bornite/job/digest.hpp"

namespace bornite {
namespace {

std::string digest_of(const WorkUnit& unit) { return unit.digest.empty() ? digest(unit.request) : unit.digest; }

Error other_request(const WorkUnit& unit, const std::string& run, const std::filesystem::path& journal) {
  return {ErrorKind::job,
          fmt::format("The journal {} has '{}' of run {} for another request than this one.", journal.string(),
                      unit.name, run),
          "Circuit, angles or shots have changed since; use a new name or folder for the new run."};
}

}  // namespace

Result<void> JobRun::prepare() {
  for (std::size_t unit = 0; unit < units_.size(); ++unit) BORNITE_CHECK(prepare_unit(unit));
  return {};
}

Result<void> JobRun::prepare_unit(std::size_t unit) {
  BORNITE_TRY(std::vector<JobRecord> records, engine_.journal_.records(engine_.run_, units_[unit].name));
  if (!records.empty()) return take_up(unit, std::move(records));
  const SampleRequest& request = units_[unit].request;
  BORNITE_TRY(std::vector<PlannedPart> parts, split(request, engine_.backend_));
  const std::string whole = digest_of(units_[unit]);
  for (PlannedPart& part : parts) plan_part(unit, whole, std::move(part));
  return {};
}

/// A job that nobody knows yet.
void JobRun::plan_part(std::size_t unit, const std::string& digest, PlannedPart planned) {
  JobForecast& forecast = planned.forecast;
  JobRecord record{.run = engine_.run_,
                   .unit = units_[unit].name,
                   .part = planned.part,
                   .digest = digest,
                   .purpose = units_[unit].purpose,
                   .backend = engine_.specification_,
                   .token = fresh_token(),
                   .shape = std::move(forecast.shape),
                   .price = forecast.price,
                   .calibration = std::move(forecast.calibration)};
  fresh_.push_back(tasks_.size());
  tasks_.push_back({.unit = unit, .record = std::move(record), .request = std::move(planned.request)});
}

/// The jobs of a unit that an earlier process, or call, has left in the journal.
Result<void> JobRun::take_up(std::size_t unit, std::vector<JobRecord> records) {
  const SampleRequest& request = units_[unit].request;
  const std::string whole = digest_of(units_[unit]);
  for (JobRecord& record : records) {
    if (record.digest != whole || record.backend != engine_.specification_)
      return other_request(units_[unit], engine_.run_, engine_.journal_.path());
    SampleRequest own = request_of(request, record.part);
    JobTask task{.unit = unit, .record = std::move(record), .request = std::move(own)};
    if (task.record.state == RecordState::done) BORNITE_CHECK(load(task));
    if (task.record.state == RecordState::failed || task.record.state == RecordState::cancelled) {
      BORNITE_CHECK(renew(task));
      fresh_.push_back(tasks_.size());
    }
    tasks_.push_back(std::move(task));
  }
  return {};
}

Result<void> JobRun::load(JobTask& task) {
  BORNITE_TRY(task.outcomes, engine_.journal_.outcomes(task.record));
  return {};
}

/// A second try of a job that came to nothing: a record and a token of its own.
Result<void> JobRun::renew(JobTask& task) {
  BORNITE_TRY(JobForecast forecast, engine_.backend_.forecast(*task.request));
  JobRecord& record = task.record;
  record.token = fresh_token();
  record.shape = std::move(forecast.shape);
  record.price = forecast.price;
  record.calibration = std::move(forecast.calibration);
  record.state = RecordState::intended;
  record.job.clear();
  record.message.clear();
  return {};
}

Spending JobRun::wanted() const {
  Spending sum;
  for (const std::size_t i : fresh_) sum += spending_of(tasks_[i].record.shape, tasks_[i].record.price);
  return sum;
}

Result<void> JobRun::intend() {
  const std::lock_guard lock(engine_.budget_mutex_);
  BORNITE_TRY(const Spending spent, engine_.journal_.spending(engine_.run_));
  BORNITE_CHECK(engine_.options_.budget.admit(spent, wanted(), engine_.specification_));
  std::vector<JobRecord> records;
  for (const std::size_t i : fresh_) records.push_back(tasks_[i].record);
  BORNITE_CHECK(engine_.journal_.intend(records));
  for (std::size_t k = 0; k < fresh_.size(); ++k) tasks_[fresh_[k]].record = std::move(records[k]);
  fresh_.clear();
  return {};
}

Result<void> JobRun::take_up_all() {
  BORNITE_TRY(std::vector<JobRecord> records, engine_.journal_.records(engine_.run_));
  for (JobRecord& record : records)
    if (!is_final(record.state)) tasks_.push_back({.unit = tasks_.size(), .record = std::move(record)});
  return {};
}

}  // namespace bornite
