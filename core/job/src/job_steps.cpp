// What is done about one job: send it, find it again, look at it, collect it; and what becomes of it.

#include "job_run.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace bornite {

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

std::string JobRun::called(const JobTask& task) const {
  return fmt::format("Job {} of '{}'", task.record.job.empty() ? task.record.token : task.record.job, task.record.unit);
}

}  // namespace bornite
