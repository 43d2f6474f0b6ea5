#pragma once
// What subcommands need to run circuits on a backend, wherever it is.

#include "bornite/job/job_engine.hpp"
#include "bornite/job/journal.hpp"
#include "bornite/job/journaled_backend.hpp"
#include "command.hpp"

#include <filesystem>
#include <memory>
#include <optional>
#include <string>

namespace bornite::cli {

/// What becomes of jobs under way when the user stops the command.
enum class OnInterrupt { ask, leave, cancel };

struct JobOptions {
  std::string journal;  ///< file; empty: the usual one
  Budget budget{};
  std::size_t deadline = 86'400;  ///< seconds
  OnInterrupt on_interrupt = OnInterrupt::ask;
  bool record = false;        ///< keep outcomes in the journal also where nothing is at stake
  bool tell_progress = true;  ///< of the jobs; not where the command tells its own
};

/// --record, --journal, --budget-jobs, --budget-shots, --budget-usd, --budget-seconds, --deadline and --on-interrupt.
void add_job_options(CLI::App& command, JobOptions& options);

/// The journal that the options name.
[[nodiscard]] Result<Journal> open_journal(const std::string& path);

/// A name that no run of the journal has: KIND-DATE-TIME-XXXX.
[[nodiscard]] std::string fresh_run_name(const std::string& kind);

/// A backend ready to be used: a local one as it is, one that runs elsewhere, or is to be recorded, behind a journal.
/// Tells on stderr how jobs come along, and listens to Ctrl-C.
class JobSession {
 public:
  /// `run` names the jobs' run in the journal, `journal` its file.
  [[nodiscard]] static Result<JobSession> open(std::unique_ptr<QuantumBackend> backend,
                                               const std::string& specification, const JobOptions& options,
                                               const std::string& run);

  /// What to run circuits on.
  [[nodiscard]] QuantumBackend& backend() { return journaled_ ? *journaled_ : *backend_; }
  /// nullptr for a backend without a journal.
  [[nodiscard]] JobEngine* engine() { return engine_.get(); }
  [[nodiscard]] const std::string& specification() const { return specification_; }

  /// Jobs of the run that a provider has, or may have, and that have not ended. None of a backend without a journal.
  [[nodiscard]] Result<std::size_t> jobs_under_way() const;
  /// Cancels them. How many the provider has cancelled.
  [[nodiscard]] Result<std::size_t> cancel_jobs();

 private:
  JobSession(std::unique_ptr<QuantumBackend> backend, std::string specification)
      : specification_(std::move(specification)), backend_(std::move(backend)) {}

  std::string specification_;
  std::unique_ptr<QuantumBackend> backend_;
  std::unique_ptr<Journal> journal_;
  std::unique_ptr<JobEngine> engine_;
  std::unique_ptr<JournaledBackend> journaled_;
};

/// Options of the engine for a command: the budget and deadline, progress on stderr, and Ctrl-C.
[[nodiscard]] JobEngineOptions engine_options(const JobOptions& options);

}  // namespace bornite::cli
