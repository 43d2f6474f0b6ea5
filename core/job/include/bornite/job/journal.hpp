#pragma once
// The write-ahead record of everything that is sent to a provider.

#include "bornite/backend/shot_table.hpp"
#include "bornite/job/budget.hpp"
#include "bornite/job/job_record.hpp"
#include "bornite/util/clock.hpp"
#include "bornite/util/error.hpp"

#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace bornite {

/// The right to work on one run, held by one process at a time. The system takes it back when the process dies.
class RunLock {
 public:
  explicit RunLock(int descriptor) : descriptor_(descriptor) {}
  ~RunLock();
  RunLock(RunLock&& other) noexcept;
  RunLock& operator=(RunLock&&) = delete;

 private:
  int descriptor_;
};

/// Records of jobs in an SQLite file. Every change is on the disk when the function that makes it returns, and is made
/// from the state that is expected or not at all. All functions may be called from several threads and processes at
/// once. Errors: ErrorKind::io with the path.
///
/// The file must lie on a local disk: SQLite's log does not work over a network.
class Journal {
 public:
  /// Opens the file, or makes it. Refuses one that is not a journal or is of a newer version.
  [[nodiscard]] static Result<Journal> open(const std::filesystem::path& path, Clock& clock = system_clock());
  /// Opens the file to look at, changes nothing, and needs no right to write. Refuses a file that does not exist.
  [[nodiscard]] static Result<Journal> open_to_read(const std::filesystem::path& path);
  ~Journal();
  Journal(Journal&&) noexcept;
  Journal& operator=(Journal&&) noexcept;

  [[nodiscard]] const std::filesystem::path& path() const;

  /// Refuses (ErrorKind::job) a run that another process, or another lock of this one, holds. Makes the run if there is
  /// none.
  [[nodiscard]] Result<RunLock> lock(std::string_view run);

  /// Adds records, all or none; their number and times are filled in.
  [[nodiscard]] Result<void> intend(std::span<JobRecord> records);
  [[nodiscard]] Result<void> mark_sent(JobRecord& record);
  /// Back from `sent`: the provider certainly does not have it.
  [[nodiscard]] Result<void> mark_unsent(JobRecord& record);
  [[nodiscard]] Result<void> mark_accepted(JobRecord& record, const JobId& job);
  [[nodiscard]] Result<void> mark_done(JobRecord& record, const ShotTable& outcomes, const Price& price);
  /// To `failed`, `cancelled` or `unknown`, with the reason.
  [[nodiscard]] Result<void> mark_ended(JobRecord& record, RecordState state, std::string_view reason,
                                        const Price& price = {});

  /// The latest record of each part of each request of a run, or of all runs, in the order in which they were made.
  [[nodiscard]] Result<std::vector<JobRecord>> records(std::optional<std::string_view> run = {}) const;
  /// Those of one request.
  [[nodiscard]] Result<std::vector<JobRecord>> records(std::string_view run, std::string_view unit) const;
  /// The record whose token, job id, or number in text form is `name`.
  [[nodiscard]] Result<JobRecord> find(std::string_view name) const;
  /// What a job returned. Refuses a record that is not done.
  [[nodiscard]] Result<ShotTable> outcomes(const JobRecord& record) const;

  /// What the jobs of a run take, those included that are not finished; failed and cancelled ones count if they cost.
  [[nodiscard]] Result<Spending> spending(std::string_view run) const;
  /// When jobs were last sent to the backend, not before `since`.
  [[nodiscard]] Result<std::vector<Clock::Instant>> sent_since(std::string_view backend, Clock::Instant since) const;

 private:
  class Impl;
  explicit Journal(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace bornite
