#include "job_session.hpp"

#include <fmt/chrono.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <ctime>
#include <map>
#include <random>

#include "bornite/job/cancel.hpp"
#include "signals.hpp"
#include "user_files.hpp"

namespace bornite::cli {
namespace {

constexpr Clock::Duration quiet = std::chrono::seconds(2);  // nothing is told of what takes no longer

/// Tells how jobs come along: one line that changes on a terminal, else a line for each change worth it.
class JobProgressTeller {
 public:
  explicit JobProgressTeller(bool tell_progress) : tell_progress_(tell_progress) {}

  void operator()(const JobProgress& progress) {
    if (!progress.trouble.empty() && progress.trouble != trouble_) {
      trouble_ = progress.trouble;
      tell(fmt::format("{}still trying: {}\n", terminal_ ? "\r\033[K" : "", trouble_));
    }
    if (!tell_progress_) return tell_waiting(progress.waiting);
    const bool over = progress.done == progress.jobs;
    if (system_clock().elapsed() - start_ < quiet) return;
    const std::string waiting = progress.waiting.empty() ? "" : "; waiting " + progress.waiting;
    const std::string line =
        fmt::format("jobs: {} sent, {} of {} done{}", progress.sent, progress.done, progress.jobs, waiting);
    if (terminal_)
      tell(fmt::format("\r\033[K{}{}", line, over ? "\n" : ""));
    else if (line != line_)
      tell(line + "\n");
    line_ = line;
  }

 private:
  /// Between the lines of a command that tells its own progress: only of what takes long.
  void tell_waiting(const std::string& what) {
    const Clock::Duration now = system_clock().elapsed();
    if (what.empty()) start_ = now;  // something has moved
    if (what.empty() || now - start_ < quiet) return;
    const std::string line = fmt::format("waiting {}", what);
    if (terminal_)
      tell("\r\033[K" + line);
    else if (line != line_)
      tell(line + "\n");
    line_ = line;
  }

  bool tell_progress_;
  bool terminal_ = ::isatty(STDERR_FILENO) == 1;
  Clock::Duration start_ = system_clock().elapsed();
  std::string line_;
  std::string trouble_;
};

}  // namespace

void add_job_options(CLI::App& command, JobOptions& options) {
  const auto add = [](CLI::Option& option) { put_in_group(option, "Jobs that run elsewhere"); };
  constexpr std::size_t most = 1'000'000'000'000'000;
  add(add_flag(command, "--record", options.record, "Record the jobs of a local backend too, for the backend replay"));
  add(add_path(command, "--journal", options.journal, "FILE",
               "Record of the jobs; default: BORNITE_JOURNAL, or jobs.sqlite in ~/.local/state/bornite"));
  add(add_count(
      command, "--budget-jobs", 0, most, [&options](std::size_t n) { options.budget.jobs = n; },
      "Jobs that the run may take in all"));
  add(add_count(
      command, "--budget-shots", 0, most, [&options](std::size_t n) { options.budget.shots = n; },
      "Shots that the run may take in all"));
  add(add_amount(command, "--budget-usd", options.budget.usd, "US dollars that the run may take in all"));
  add(add_amount(command, "--budget-seconds", options.budget.qpu_seconds,
                 "Seconds of processor that the run may take in all"));
  add(add_count(
      command, "--deadline", 1, 10'000'000, [&options](std::size_t n) { options.deadline = n; },
      "Seconds to wait for jobs; they are kept after it; default: a day"));
  const std::map<std::string, int> wishes{{"ask", static_cast<int>(OnInterrupt::ask)},
                                          {"leave", static_cast<int>(OnInterrupt::leave)},
                                          {"cancel", static_cast<int>(OnInterrupt::cancel)}};
  add(add_choice(
      command, "--on-interrupt", wishes,
      [&options](int wish) { options.on_interrupt = static_cast<OnInterrupt>(wish); }, "WISH",
      "What becomes of jobs under way after Ctrl-C: leave, cancel, or ask, the default, which leaves them where nobody "
      "can be asked"));
}

Result<Journal> open_journal(const std::string& path) {
  if (!path.empty()) return Journal::open(path);
  BORNITE_TRY(const std::filesystem::path usual, user_journal());
  return Journal::open(usual);
}

std::string fresh_run_name(const std::string& kind) {
  const std::time_t now = std::time(nullptr);
  return fmt::format("{}-{:%Y%m%d-%H%M%S}-{:04x}", kind, fmt::gmtime(now), std::random_device()() & 0xffffU);
}

JobEngineOptions engine_options(const JobOptions& options) {
  end_on_signals();
  return {.budget = options.budget,
          .deadline = std::chrono::seconds(options.deadline),
          .stop = [] { return stop_requested().load(); },
          .progress = JobProgressTeller(options.tell_progress)};
}

Result<JobSession> JobSession::open(std::unique_ptr<QuantumBackend> backend, const std::string& specification,
                                    const JobOptions& options, const std::string& run) {
  JobSession session(std::move(backend), specification);
  if (!session.backend_->capabilities().remote && !options.record) return session;
  BORNITE_TRY(Journal journal, open_journal(options.journal));
  session.journal_ = std::make_unique<Journal>(std::move(journal));
  BORNITE_TRY(session.engine_,
              JobEngine::create(*session.backend_, specification, *session.journal_, run, engine_options(options)));
  session.journaled_ = std::make_unique<JournaledBackend>(*session.backend_, *session.engine_);
  return session;
}

Result<std::size_t> JobSession::jobs_under_way() const {
  if (!engine_) return 0;
  BORNITE_TRY(const auto records, journal_->records(std::string_view(engine_->name())));
  return static_cast<std::size_t>(std::ranges::count_if(records, [](const JobRecord& record) {
    return record.state == RecordState::sent || record.state == RecordState::accepted;
  }));
}

Result<std::size_t> JobSession::cancel_jobs() {
  if (!engine_) return 0;
  BORNITE_TRY(auto records, journal_->records(std::string_view(engine_->name())));
  std::size_t cancelled = 0;
  for (JobRecord& record : records) {
    if (is_final(record.state)) continue;
    const bool was_sent = record.state != RecordState::intended;
    BORNITE_CHECK(cancel_job(*journal_, *backend_, record));
    if (was_sent && record.state == RecordState::cancelled) ++cancelled;
  }
  return cancelled;
}

}  // namespace bornite::cli
