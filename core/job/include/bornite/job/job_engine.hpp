#pragma once
// Runs requests as jobs, to their end, whatever happens in between.

#include "bornite/backend/backend.hpp"
#include "bornite/job/budget.hpp"
#include "bornite/job/journal.hpp"
#include "bornite/job/submission_gate.hpp"
#include "bornite/util/clock.hpp"
#include "bornite/util/error.hpp"

#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace bornite {

/// One request of a run. In its run the name of the unit stands for the request for ever: asked for again, its recorded
/// jobs are taken up and its recorded outcomes returned.
struct WorkUnit {
  std::string name;     ///< e.g. "restart 0 step 7"
  std::string purpose;  ///< for people, e.g. "gradient, 145 rows"
  SampleRequest request;
  std::string digest = {};  ///< of the request; made when it is needed if it is empty
};

/// The unit that a request is if nobody gives it another name: its digest, which is the same in every process.
[[nodiscard]] WorkUnit unit_of(const SampleRequest& request);

/// What the jobs of a request would take on a backend, if none of them has run before.
[[nodiscard]] Result<Spending> forecast(const SampleRequest& request, QuantumBackend& backend);

/// How many jobs of the units under way have come how far.
struct JobProgress {
  std::size_t jobs = 0;
  std::size_t sent = 0;
  std::size_t done = 0;
  std::string trouble{};  ///< what the last call failed with that is being tried again; empty if nothing did
  std::string waiting{};  ///< what the first job that is not done waits for, for people; empty if that is not known
};

struct JobEngineOptions {
  Budget budget{};
  /// For one call of run(); jobs that are not done then are left as they are.
  std::chrono::seconds deadline{std::chrono::hours(24)};
  Clock::Duration first_pause{std::chrono::milliseconds(100)};  ///< between two looks at a job; grows by half each time
  Clock::Duration longest_pause{std::chrono::seconds(30)};
  std::function<bool()> stop{};                        ///< asked a few times a second; true ends run() early
  /// Told of every change, and of every look at jobs that wait. By one thread at a time.
  std::function<void(const JobProgress&)> progress{};
};

/// Sends the jobs of one run to one backend. The journal holds each before it is sent, its id as soon as it has one,
/// and its outcomes; so a run that died is continued by asking for the same units again, and nothing is sent twice: a
/// job whose fate is not known is looked for at the provider, and sent again only if the provider certainly does not
/// have it or makes one job of two submissions itself.
///
/// run() may be called from several threads at once, for different units.
class JobEngine {
 public:
  /// `specification` is what the user called the backend. Refuses a run that another process is working on.
  [[nodiscard]] static Result<std::unique_ptr<JobEngine>> create(QuantumBackend& backend, std::string specification,
                                                                 Journal& journal, std::string run,
                                                                 JobEngineOptions options = {},
                                                                 Clock& clock = system_clock());

  /// The outcomes of each unit, or why there are none, in their order. Nothing is sent of any unit if one of them is
  /// refused beforehand, or if they are over budget together. An error names the job and leaves it as it is.
  [[nodiscard]] std::vector<Result<ShotTable>> run(std::span<const WorkUnit> units);
  /// The same for one.
  [[nodiscard]] Result<ShotTable> run(const WorkUnit& unit);

  /// Sends the jobs of the units and returns without waiting for their outcomes; run() or collect() gets them later.
  [[nodiscard]] Result<void> send(std::span<const WorkUnit> units);

  /// Waits for the jobs of the run that were sent, by whomever, and brings their outcomes into the journal. Needs no
  /// requests, and sends nothing: what was never sent, or lost, is an error at the end.
  [[nodiscard]] Result<void> collect();

  /// What run() would take beyond what the journal already holds.
  [[nodiscard]] Result<Spending> plan(std::span<const WorkUnit> units);

  [[nodiscard]] const std::string& name() const { return run_; }

 private:
  friend class JobRun;
  JobEngine(QuantumBackend& backend, std::string specification, Journal& journal, std::string run, RunLock lock,
            JobEngineOptions options, Clock& clock, const std::vector<Clock::Instant>& sent);

  QuantumBackend& backend_;
  std::string specification_;
  Journal& journal_;
  std::string run_;
  RunLock lock_;
  JobEngineOptions options_;
  Clock& clock_;
  SubmissionGate gate_;
  std::mutex report_mutex_;
  std::mutex budget_mutex_;  // between looking at the budget and recording what is taken from it
};

}  // namespace bornite
