#include "job_run.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "bornite/job/digest.hpp"

namespace bornite {
namespace {

/// How long one sleep lasts at most, so that somebody who wants to stop is heard.
constexpr Clock::Duration longest_sleep = std::chrono::milliseconds(100);
/// Submissions in a row before the jobs under way are looked at again.
constexpr int submissions_per_step = 16;
constexpr Clock::Duration never = Clock::Duration::max();

std::string digest_of(const WorkUnit& unit) { return unit.digest.empty() ? digest(unit.request) : unit.digest; }

Error other_request(const WorkUnit& unit, const std::string& run, const std::filesystem::path& journal) {
  return {ErrorKind::job,
          fmt::format("The journal {} has '{}' of run {} for another request than this one.", journal.string(),
                      unit.name, run),
          "Circuit, angles or shots have changed since; use a new name or folder for the new run."};
}

}  // namespace

JobRun::JobRun(JobEngine& engine, std::span<const WorkUnit> units)
    : engine_(engine), units_(units), start_(engine.clock_.elapsed()) {}

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

void JobRun::finish(Until until) {
  const Clock::Duration now = engine_.clock_.elapsed();
  for (JobTask& task : tasks_) {
    task.due = now;
    const RecordState state = task.record.state;
    if (state == RecordState::accepted || state == RecordState::sent || state == RecordState::unknown) {
      engine_.gate_.occupy();
      task.holds_place = true;
    }
    if (state == RecordState::sent || state == RecordState::unknown)
      task.lost_at = now - std::max(engine_.clock_.now() - task.record.changed, Clock::Duration(0));
  }
  report();
  while (!all(until)) {
    const Clock::Duration time = engine_.clock_.elapsed();
    if (engine_.options_.stop && engine_.options_.stop())
      return give_up({ErrorKind::cancelled, "The run was stopped before its jobs were done."});
    if (time - start_ >= engine_.options_.deadline)
      return give_up({ErrorKind::job,
                      fmt::format("The jobs were not done within {} s.", engine_.options_.deadline.count()), "", true});
    step(time);
    report();
    if (!all(until)) sleep_until_due(engine_.clock_.elapsed());
  }
}

void JobRun::step(Clock::Duration now) {
  int submissions = 0;
  std::vector<JobTask*> looked_at;
  for (JobTask& task : tasks_) {
    if (task.ended() || task.due > now) continue;
    switch (task.record.state) {
      case RecordState::intended:
        if (submissions++ < submissions_per_step) submit(task);
        break;
      case RecordState::sent:
      case RecordState::unknown: look_up(task); break;
      default: looked_at.push_back(&task);
    }
    if (engine_.options_.stop && engine_.options_.stop()) return;
  }
  if (!looked_at.empty()) poll(looked_at);
}

void JobRun::submit(JobTask& task) {
  if (!task.request)
    return fail(task, {ErrorKind::job, fmt::format("{} was never sent.", called(task)),
                       "Run the command that asked for it again; what is done already is not sent again."});
  if (!task.holds_place) {
    if (const auto wait = engine_.gate_.enter()) {
      task.due = engine_.clock_.elapsed() + *wait;
      task.waiting = "to be sent: the backend takes only so many jobs at a time, or per minute";
      return;
    }
    task.holds_place = true;
  }
  if (const auto written = engine_.journal_.mark_sent(task.record); !written) return fail(task, written.error());
  const Result<JobId> job = engine_.backend_.submit(*task.request, task.record.token);
  if (job) return accept(task, *job);
  handle_refusal(task, job.error());
}

void JobRun::handle_refusal(JobTask& task, const Error& error) {
  if (error.outcome_unknown) {
    task.lost_at = engine_.clock_.elapsed();
    task.pause = Clock::Duration(0);
    task.due = *task.lost_at;
    return;
  }
  if (!error.retryable) return end(task, RecordState::failed, error.message, error);
  if (const auto written = engine_.journal_.mark_unsent(task.record); !written) return fail(task, written.error());
  leave_gate(task);
  retry_later(task, error);
}

/// Asks the provider about a job whose fate is not known.
void JobRun::look_up(JobTask& task) {
  const Result<JobLookup> lookup = engine_.backend_.find(task.record.token);
  if (!lookup) return lookup.error().retryable ? retry_later(task, lookup.error()) : fail(task, lookup.error());
  if (lookup->answer == JobLookup::Answer::found) return accept(task, lookup->job);

  const Capabilities& limits = engine_.backend_.capabilities();
  const Clock::Duration certain_at = *task.lost_at + limits.lookup_delay;
  if (lookup->answer == JobLookup::Answer::absent && engine_.clock_.elapsed() < certain_at) {
    pause(task);
    task.due = std::min(task.due, certain_at);
    return;
  }
  const bool may_send = lookup->answer == JobLookup::Answer::absent || limits.submits_once || !limits.remote;
  if (may_send) {
    if (const auto written = engine_.journal_.mark_unsent(task.record); !written) return fail(task, written.error());
    task.lost_at.reset();
    task.due = engine_.clock_.elapsed();
    return;
  }
  Error error{
      ErrorKind::job,
      fmt::format("Nobody can say whether {} has {}: its answer to the submission was lost.", engine_.specification_,
                  called(task)),
      fmt::format("Look it up in the provider's own list of jobs. If it is there: bornite jobs adopt {0} ID. If "
                  "it is not: bornite jobs forget {0}. Then run the same again.",
                  task.record.token)};
  if (task.record.state == RecordState::unknown) return fail(task, std::move(error));
  const std::string reason = error.message;
  end(task, RecordState::unknown, reason, std::move(error));
}

void JobRun::accept(JobTask& task, const JobId& job) {
  if (const auto written = engine_.journal_.mark_accepted(task.record, job); !written)
    return fail(task, written.error());
  task.lost_at.reset();
  task.pause = Clock::Duration(0);
  task.waiting.clear();
  if (engine_.backend_.capabilities().remote)
    pause(task);
  else
    task.due = engine_.clock_.elapsed();  // it is done already
}

void JobRun::poll(std::span<JobTask*> tasks) {
  std::vector<JobId> jobs;
  for (const JobTask* task : tasks) jobs.push_back(task->record.job);
  const std::vector<Result<JobStatus>> all = engine_.backend_.poll_all(jobs);
  for (std::size_t i = 0; i < tasks.size(); ++i) {
    JobTask& task = *tasks[i];
    if (all[i])
      handle_status(task, *all[i]);
    else if (all[i].error().retryable)
      retry_later(task, all[i].error());
    else if (!engine_.backend_.capabilities().remote)  // a simulator's jobs end with their program and cost nothing
      end(task, RecordState::failed, all[i].error().message, all[i].error());
    else
      fail(task, all[i].error());
  }
}

void JobRun::handle_status(JobTask& task, const JobStatus& status) {
  switch (status.state) {
    case JobState::queued:
    case JobState::running: return wait_for(task, status);
    case JobState::done: return collect(task, status);
    case JobState::failed:
    case JobState::cancelled: break;
  }
  const bool failed = status.state == JobState::failed;
  std::string reason = status.message.empty() ? "no reason was given" : status.message;
  while (reason.ends_with('.')) reason.pop_back();
  end(task, failed ? RecordState::failed : RecordState::cancelled, reason,
      {ErrorKind::job, fmt::format("{} {}: {}.", called(task), failed ? "failed" : "was cancelled", reason),
       "Run the same again to send it anew."},
      status.price);
}

void JobRun::wait_for(JobTask& task, const JobStatus& status) {
  task.waiting = status.state == JobState::running ? "for the device, which is at it" : "in the provider's queue";
  if (status.expected_wait) task.waiting += fmt::format(", {} s by its word", status.expected_wait->count());
  pause(task, status.expected_wait);
}

void JobRun::collect(JobTask& task, const JobStatus& status) {
  Result<ShotTable> outcomes = engine_.backend_.fetch(task.record.job, task.record.shape);
  if (outcomes)
    if (const auto fits = check_shape(*outcomes, task.record.shape); !fits) outcomes = fits.error();
  if (!outcomes) {
    if (outcomes.error().retryable) return retry_later(task, outcomes.error());
    Error error = outcomes.error();
    error.message = fmt::format("{} is done, but its outcomes cannot be used: {}", called(task), error.message);
    error.hint += error.hint.empty() ? "They stay with the provider." : " They stay with the provider.";
    return fail(task, std::move(error));
  }
  if (const auto written = engine_.journal_.mark_done(task.record, *outcomes, status.price); !written)
    return fail(task, written.error());
  if (!engine_.backend_.capabilities().remote) engine_.backend_.forget(task.record.job);
  leave_gate(task);
  task.outcomes = *std::move(outcomes);
}

/// The job itself has come to an end without outcomes.
void JobRun::end(JobTask& task, RecordState state, const std::string& reason, Error error, const Price& price) {
  const auto written = engine_.journal_.mark_ended(task.record, state, reason, price);
  fail(task, written ? std::move(error) : written.error());
}

/// No more is done about the job in this run. What a unit has not sent yet is then not worth sending.
void JobRun::fail(JobTask& task, Error error) {
  leave_gate(task);
  for (JobTask& other : tasks_)
    if (other.unit == task.unit && !other.ended() && other.record.state == RecordState::intended) other.error = error;
  task.error = std::move(error);
}

void JobRun::give_up(const Error& error) {
  for (JobTask& task : tasks_) {
    if (task.ended()) continue;
    leave_gate(task);
    task.error = error;
    // Whoever stopped the run is told by the command what becomes of its jobs.
    const std::string_view jobs = error.kind == ErrorKind::cancelled ? "" : "What was sent is left as it is. ";
    task.error->hint = fmt::format("{}{}Run the same again to go on, or see 'bornite jobs'.",
                                   error.hint.empty() ? "" : error.hint + " ", jobs);
  }
}

void JobRun::retry_later(JobTask& task, const Error& error) {
  trouble_ = error.message;
  pause(task);
}

void JobRun::leave_gate(JobTask& task) {
  if (std::exchange(task.holds_place, false)) engine_.gate_.leave();
}

void JobRun::pause(JobTask& task, std::optional<std::chrono::seconds> expected_wait) {
  const JobEngineOptions& options = engine_.options_;
  task.pause = task.pause == Clock::Duration(0) ? options.first_pause : task.pause + task.pause / 2;
  if (expected_wait) task.pause = std::max(task.pause, Clock::Duration(*expected_wait) / 2);
  task.pause = std::min(task.pause, options.longest_pause);
  task.due = engine_.clock_.elapsed() + task.pause;
}

void JobRun::report() {
  if (!engine_.options_.progress) return;
  JobProgress progress{.jobs = tasks_.size(), .trouble = std::exchange(trouble_, {})};
  for (const JobTask& task : tasks_) {
    if (task.record.state != RecordState::intended) ++progress.sent;
    if (task.outcomes) ++progress.done;
    if (!task.ended() && progress.waiting.empty()) progress.waiting = task.waiting;
  }
  const bool same = progress.jobs == last_report_.jobs && progress.sent == last_report_.sent &&
                    progress.done == last_report_.done && progress.trouble == last_report_.trouble;
  if (!same || !progress.waiting.empty()) {
    const std::lock_guard lock(engine_.report_mutex_);
    engine_.options_.progress(progress);
  }
  last_report_ = std::move(progress);
}

bool JobRun::all(Until until) const {
  return std::ranges::all_of(tasks_, [&](const JobTask& task) {
    return task.ended() || (until == Until::sent && task.record.state == RecordState::accepted);
  });
}

Result<void> JobRun::first_error() const {
  for (const JobTask& task : tasks_)
    if (task.error) return *task.error;
  return {};
}

void JobRun::sleep_until_due(Clock::Duration now) {
  Clock::Duration next = never;
  for (const JobTask& task : tasks_)
    if (!task.ended()) next = std::min(next, task.due);
  if (next > now) engine_.clock_.sleep(std::min(next - now, longest_sleep));
}

std::string JobRun::called(const JobTask& task) const {
  return fmt::format("Job {} of '{}'", task.record.job.empty() ? task.record.token : task.record.job, task.record.unit);
}

std::vector<Result<ShotTable>> JobRun::results() {
  std::vector<Result<ShotTable>> results;
  for (std::size_t unit = 0; unit < units_.size(); ++unit) {
    std::vector<RequestPart> parts;
    std::vector<ShotTable> tables;
    std::optional<Error> error;
    for (JobTask& task : tasks_) {
      if (task.unit != unit) continue;
      if (task.error && !error) error = task.error;
      if (!task.outcomes) continue;
      parts.push_back(task.record.part);
      tables.push_back(*std::move(task.outcomes));
    }
    if (error)
      results.emplace_back(*std::move(error));
    else
      results.push_back(merge(parts, tables));
  }
  return results;
}

}  // namespace bornite
