#pragma once
// How a JobRecord lies in the journal's table.

#include "bornite/job/job_record.hpp"

namespace SQLite {
class Statement;
}

namespace bornite {

inline constexpr const char* journal_schema = R"(
CREATE TABLE IF NOT EXISTS runs(
  number INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE);
CREATE TABLE IF NOT EXISTS jobs(
  number INTEGER PRIMARY KEY,
  run INTEGER NOT NULL REFERENCES runs(number),
  unit TEXT NOT NULL,
  first_row INTEGER NOT NULL, row_count INTEGER NOT NULL, first_shot INTEGER NOT NULL, most_shots INTEGER NOT NULL,
  digest TEXT NOT NULL,
  purpose TEXT NOT NULL,
  backend TEXT NOT NULL,
  token TEXT NOT NULL UNIQUE,
  qubits INTEGER NOT NULL, shots BLOB NOT NULL, total_shots INTEGER NOT NULL, note TEXT NOT NULL,
  usd REAL, qpu_seconds REAL,
  state TEXT NOT NULL,
  job TEXT NOT NULL,
  message TEXT NOT NULL,
  calibration TEXT NOT NULL,
  created INTEGER NOT NULL, changed INTEGER NOT NULL, sent INTEGER,
  superseded INTEGER NOT NULL DEFAULT 0,
  outcomes BLOB);
CREATE INDEX IF NOT EXISTS jobs_by_unit ON jobs(run, unit);
CREATE INDEX IF NOT EXISTS jobs_by_sending ON jobs(backend, sent);
)";

/// Everything but the outcomes, in the order that read_record() expects.
inline constexpr const char* record_columns =
    "jobs.number, runs.name, unit, first_row, row_count, first_shot, most_shots, digest, purpose, backend, token, "
    "qubits, shots, note, usd, qpu_seconds, state, job, message, calibration, created, changed";

[[nodiscard]] JobRecord read_record(SQLite::Statement& row);

inline constexpr const char* insert_record =
    "INSERT INTO jobs(run, unit, first_row, row_count, first_shot, most_shots, digest, purpose, backend, token, "
    "qubits, "
    "shots, total_shots, note, usd, qpu_seconds, state, job, message, calibration, created, changed) VALUES("
    "(SELECT number FROM runs WHERE name = ?), ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

void bind_record(SQLite::Statement& insert, const JobRecord& record);

[[nodiscard]] std::int64_t to_milliseconds(Clock::Instant instant);
[[nodiscard]] Clock::Instant from_milliseconds(std::int64_t milliseconds);

}  // namespace bornite
