#pragma once
// One call of JobEngine::run().

#include "bornite/job/job_engine.hpp"

#include <optional>

namespace bornite {

/// One job on its way.
struct JobTask {
  std::size_t unit;  ///< which of the units it belongs to
  JobRecord record;
  std::optional<SampleRequest> request{};  ///< none if the job is only to be collected
  std::optional<ShotTable> outcomes{};
  std::optional<Error> error{};
  Clock::Duration due{0};                    ///< when to do something about it next, as Clock::elapsed()
  Clock::Duration pause{0};                  ///< before the last look
  bool holds_place = false;                  ///< at the gate
  std::optional<Clock::Duration> lost_at{};  ///< since when its fate is not known

  std::string waiting{};                     ///< what for, in words

  [[nodiscard]] bool ended() const { return outcomes || error; }
};

class JobRun {
 public:
  enum class Until { sent, done };

  JobRun(JobEngine& engine, std::span<const WorkUnit> units);

  /// Finds or makes the records of all units. Sends nothing.
  Result<void> prepare();
  /// All records of the run that have not ended, without their requests.
  Result<void> take_up_all();
  /// Reserves what the new ones take and writes them into the journal.
  Result<void> intend();
  /// What the jobs that prepare() made take.
  [[nodiscard]] Spending wanted() const;
  /// Until every job has ended (or is with the provider), the deadline is over or somebody stops it.
  void finish(Until until = Until::done);
  [[nodiscard]] Result<void> first_error() const;
  [[nodiscard]] std::vector<Result<ShotTable>> results();

 private:
  Result<void> prepare_unit(std::size_t unit);
  Result<void> take_up(std::size_t unit, std::vector<JobRecord> records);
  void plan_part(std::size_t unit, const std::string& digest, PlannedPart planned);
  Result<void> renew(JobTask& task);
  Result<void> load(JobTask& task);

  void step(Clock::Duration now);
  void submit(JobTask& task);
  void handle_refusal(JobTask& task, const Error& error);
  void look_up(JobTask& task);
  void poll(std::span<JobTask*> tasks);
  void handle_status(JobTask& task, const JobStatus& status);
  void wait_for(JobTask& task, const JobStatus& status);
  void collect(JobTask& task, const JobStatus& status);
  void end(JobTask& task, RecordState state, const std::string& reason, Error error, const Price& price = {});
  void accept(JobTask& task, const JobId& job);
  void give_up(const Error& error);
  void fail(JobTask& task, Error error);
  void leave_gate(JobTask& task);
  void retry_later(JobTask& task, const Error& error);
  void pause(JobTask& task, std::optional<std::chrono::seconds> expected_wait = {});
  void report();
  [[nodiscard]] bool all(Until until) const;
  void sleep_until_due(Clock::Duration now);
  [[nodiscard]] std::string called(const JobTask& task) const;

  JobEngine& engine_;
  std::span<const WorkUnit> units_;
  std::vector<JobTask> tasks_;
  std::vector<std::size_t> fresh_;  // of tasks_: those whose records are not in the journal yet
  Clock::Duration start_;
  std::string trouble_{};
  JobProgress last_report_{};
};

}  // namespace bornite
