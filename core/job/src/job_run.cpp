#include "job_run.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace bornite {
namespace {

/// How long one sleep lasts at most, so that somebody who wants to stop is heard.
constexpr Clock::Duration longest_sleep = std::chrono::milliseconds(100);
/// Submissions in a row before the jobs under way are looked at again.
constexpr int submissions_per_step = 16;
constexpr Clock::Duration never = Clock::Duration::max();

}  // namespace

JobRun::JobRun(JobEngine& engine, std::span<const WorkUnit> units)
    : engine_(engine), units_(units), start_(engine.clock_.elapsed()) {}

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
