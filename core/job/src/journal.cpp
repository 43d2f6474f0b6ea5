#include "bornite/job/journal.hpp"

#include <SQLiteCpp/SQLiteCpp.h>
#include <fmt/format.h>

#include <cmath>
#include <mutex>
#include <utility>

#include "bornite/job/shot_codec.hpp"
#include "journal_file.hpp"
#include "record_columns.hpp"
#include "run_lock.hpp"

namespace bornite {
namespace {

Error changed_meanwhile(const JobRecord& record, RecordState to) {
  return {ErrorKind::job,
          fmt::format("The record of job {} is not '{}' any more and was not set to '{}'.", record.token,
                      to_string(record.state), to_string(to)),
          "Somebody else changed it, perhaps with 'bornite jobs'; look at it with 'bornite jobs list'."};
}

}  // namespace

class Journal::Impl {
 public:
  Impl(std::filesystem::path file, Clock& time, SQLite::Database opened)
      : path(std::move(file)), clock(time), database(std::move(opened)) {}

  /// Runs `body` with the connection for itself; what SQLite throws becomes an error with the path.
  template <typename Body>
  auto guarded(const Body& body) -> decltype(body()) {
    const std::lock_guard lock(mutex);
    try {
      return body();
    } catch (const SQLite::Exception& exception) {
      return Error{ErrorKind::io, fmt::format("The journal {} cannot be used: {}.", path.string(), exception.what()),
                   "Check that the disk has room and the file may be written; nothing was sent that it does not hold."};
    }
  }

  /// Sets the state of a record that still has the state which `record` says, and what else `assignments` names.
  template <typename Bind>
  Result<void> change(JobRecord& record, RecordState to, const char* assignments, const Bind& bind) {
    return guarded([&]() -> Result<void> {
      const Clock::Instant now = clock.now();
      SQLite::Statement update(database, fmt::format("UPDATE jobs SET state = ?1, changed = ?2{} WHERE number = ?3 AND "
                                                     "state = ?4",
                                                     assignments));
      update.bind(1, std::string(to_string(to)));
      update.bind(2, to_milliseconds(now));
      update.bind(3, record.number);
      update.bind(4, std::string(to_string(record.state)));
      bind(update);
      if (update.exec() != 1) return changed_meanwhile(record, to);
      record.state = to;
      record.changed = now;
      return {};
    });
  }

  template <typename Bind>
  Result<std::vector<JobRecord>> select(const std::string& condition, const Bind& bind) {
    return guarded([&]() -> Result<std::vector<JobRecord>> {
      SQLite::Statement query(database, fmt::format("SELECT {} FROM jobs JOIN runs ON runs.number = jobs.run WHERE {} "
                                                    "ORDER BY jobs.number",
                                                    record_columns, condition));
      bind(query);
      std::vector<JobRecord> records;
      while (query.executeStep()) records.push_back(read_record(query));
      return records;
    });
  }

  std::filesystem::path path;
  Clock& clock;
  std::mutex mutex;
  SQLite::Database database;
};

Journal::Journal(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Journal::~Journal() = default;
Journal::Journal(Journal&&) noexcept = default;
Journal& Journal::operator=(Journal&&) noexcept = default;

Result<Journal> Journal::open(const std::filesystem::path& path, Clock& clock) {
  BORNITE_TRY(SQLite::Database database, open_journal_file(path));
  return Journal(std::make_unique<Impl>(path, clock, std::move(database)));
}

Result<Journal> Journal::open_to_read(const std::filesystem::path& path) {
  BORNITE_TRY(SQLite::Database database, open_journal_file_to_read(path));
  return Journal(std::make_unique<Impl>(path, system_clock(), std::move(database)));
}

const std::filesystem::path& Journal::path() const { return impl_->path; }

Result<RunLock> Journal::lock(std::string_view run) {
  BORNITE_TRY(const std::int64_t number, impl_->guarded([&]() -> Result<std::int64_t> {
    SQLite::Statement insert(impl_->database, "INSERT OR IGNORE INTO runs(name) VALUES(?)");
    insert.bind(1, std::string(run));
    insert.exec();
    SQLite::Statement query(impl_->database, "SELECT number FROM runs WHERE name = ?");
    query.bind(1, std::string(run));
    query.executeStep();
    return query.getColumn(0).getInt64();
  }));
  return lock_run(impl_->path, number, run);
}

Result<void> Journal::intend(std::span<JobRecord> records) {
  return impl_->guarded([&]() -> Result<void> {
    SQLite::Transaction transaction(impl_->database, SQLite::TransactionBehavior::IMMEDIATE);
    SQLite::Statement supersede(impl_->database,
                                "UPDATE jobs SET superseded = 1 WHERE run = (SELECT number FROM runs WHERE name = ?) "
                                "AND unit = ? AND first_row = ? AND first_shot = ?");
    SQLite::Statement insert(impl_->database, insert_record);
    for (JobRecord& record : records) {
      record.state = RecordState::intended;
      record.created = record.changed = impl_->clock.now();
      supersede.bind(1, record.run);
      supersede.bind(2, record.unit);
      supersede.bind(3, static_cast<std::int64_t>(record.part.first_row));
      supersede.bind(4, static_cast<std::int64_t>(record.part.first_shot));
      supersede.exec();
      supersede.reset();
      bind_record(insert, record);
      insert.exec();
      insert.reset();
      record.number = impl_->database.getLastInsertRowid();
    }
    transaction.commit();
    return {};
  });
}

Result<void> Journal::mark_sent(JobRecord& record) {
  return impl_->change(record, RecordState::sent, ", sent = ?2", [](SQLite::Statement&) {});
}

Result<void> Journal::mark_unsent(JobRecord& record) {
  return impl_->change(record, RecordState::intended, "", [](SQLite::Statement&) {});
}

Result<void> Journal::mark_accepted(JobRecord& record, const JobId& job) {
  BORNITE_CHECK(impl_->change(record, RecordState::accepted, ", job = ?5",
                              [&](SQLite::Statement& update) { update.bind(5, job); }));
  record.job = job;
  return {};
}

Result<void> Journal::mark_done(JobRecord& record, const ShotTable& outcomes, const Price& price) {
  const std::string bytes = encode_shots(outcomes);
  BORNITE_CHECK(impl_->change(record, RecordState::done,
                              ", outcomes = ?5, usd = coalesce(?6, usd), qpu_seconds = coalesce(?7, qpu_seconds)",
                              [&](SQLite::Statement& update) {
                                update.bind(5, bytes.data(), static_cast<int>(bytes.size()));
                                if (price.usd) update.bind(6, *price.usd);
                                if (price.qpu_seconds) update.bind(7, *price.qpu_seconds);
                              }));
  if (price.usd) record.price.usd = price.usd;
  if (price.qpu_seconds) record.price.qpu_seconds = price.qpu_seconds;
  return {};
}

Result<void> Journal::mark_ended(JobRecord& record, RecordState state, std::string_view reason, const Price& price) {
  // A job that ended without outcomes costs only what the provider says; its estimate is void.
  const bool void_estimate = state != RecordState::unknown;
  BORNITE_CHECK(impl_->change(record, state,
                              void_estimate ? ", message = ?5, usd = ?6, qpu_seconds = ?7" : ", message = ?5",
                              [&](SQLite::Statement& update) {
                                update.bind(5, std::string(reason));
                                if (!void_estimate) return;
                                if (price.usd) update.bind(6, *price.usd);
                                if (price.qpu_seconds) update.bind(7, *price.qpu_seconds);
                              }));
  record.message = std::string(reason);
  if (void_estimate) record.price = price;
  return {};
}

Result<std::vector<JobRecord>> Journal::records(std::optional<std::string_view> run) const {
  return impl_->select(run ? "superseded = 0 AND runs.name = ?" : "superseded = 0", [&](SQLite::Statement& query) {
    if (run) query.bind(1, std::string(*run));
  });
}

Result<std::vector<JobRecord>> Journal::records(std::string_view run, std::string_view unit) const {
  return impl_->select("superseded = 0 AND runs.name = ? AND unit = ?", [&](SQLite::Statement& query) {
    query.bind(1, std::string(run));
    query.bind(2, std::string(unit));
  });
}

Result<JobRecord> Journal::find(std::string_view name) const {
  BORNITE_TRY(const std::vector<JobRecord> found,
              impl_->select("token = ?1 OR (job = ?1 AND job <> '') OR CAST(jobs.number AS TEXT) = ?1",
                            [&](SQLite::Statement& query) { query.bind(1, std::string(name)); }));
  if (found.empty())
    return Error{ErrorKind::usage, fmt::format("The journal {} has no job '{}'.", path().string(), name),
                 "'bornite jobs list' shows those it has; name one by its number, its token or the provider's id."};
  if (found.size() > 1)
    return Error{ErrorKind::usage,
                 fmt::format("The journal {} has {} jobs called '{}'.", path().string(), found.size(), name),
                 "Name one by its token."};
  return found.front();
}

Result<ShotTable> Journal::outcomes(const JobRecord& record) const {
  BORNITE_TRY(const std::string bytes, impl_->guarded([&]() -> Result<std::string> {
    SQLite::Statement query(impl_->database, "SELECT outcomes FROM jobs WHERE number = ? AND state = 'done'");
    query.bind(1, record.number);
    if (!query.executeStep())
      return Error{ErrorKind::job, fmt::format("Job {} is {}; it has no outcomes in the journal {}.", record.token,
                                               to_string(record.state), path().string())};
    return query.getColumn(0).getString();
  }));
  BORNITE_TRY(ShotTable table, decode_shots(bytes));
  BORNITE_CHECK(check_shape(table, record.shape));
  return table;
}

Result<Spending> Journal::spending(std::string_view run) const {
  return impl_->guarded([&]() -> Result<Spending> {
    SQLite::Statement query(impl_->database,
                            "SELECT count(*), total(total_shots), total(usd), total(qpu_seconds), "
                            "total(usd IS NULL), total(qpu_seconds IS NULL) FROM jobs WHERE run = (SELECT number FROM "
                            "runs WHERE name = ?) AND "
                            "(state NOT IN ('failed', 'cancelled') OR usd > 0 OR qpu_seconds > 0)");
    query.bind(1, std::string(run));
    query.executeStep();
    const auto whole = [&](int column) {
      return static_cast<std::uint64_t>(std::llround(query.getColumn(column).getDouble()));
    };
    return Spending{.jobs = whole(0),
                    .shots = whole(1),
                    .usd = query.getColumn(2).getDouble(),
                    .qpu_seconds = query.getColumn(3).getDouble(),
                    .jobs_without_usd = whole(4),
                    .jobs_without_seconds = whole(5)};
  });
}

Result<std::vector<Clock::Instant>> Journal::sent_since(std::string_view backend, Clock::Instant since) const {
  return impl_->guarded([&]() -> Result<std::vector<Clock::Instant>> {
    SQLite::Statement query(impl_->database, "SELECT sent FROM jobs WHERE backend = ? AND sent >= ? ORDER BY sent");
    query.bind(1, std::string(backend));
    query.bind(2, to_milliseconds(since));
    std::vector<Clock::Instant> sent;
    while (query.executeStep()) sent.push_back(from_milliseconds(query.getColumn(0).getInt64()));
    return sent;
  });
}

}  // namespace bornite
