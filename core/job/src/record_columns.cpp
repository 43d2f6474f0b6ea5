#include "record_columns.hpp"

#include <SQLiteCpp/SQLiteCpp.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <stdexcept>

namespace bornite {
namespace {

/// Shots of the rows: one number if all are the same, else all of them.
std::string pack(const std::vector<std::uint64_t>& shots) {
  const bool uniform = std::ranges::adjacent_find(shots, std::not_equal_to<>()) == shots.end();
  const std::size_t kept = uniform ? std::min<std::size_t>(1, shots.size()) : shots.size();
  std::string bytes(8 * kept, '\0');
  std::memcpy(bytes.data(), shots.data(), bytes.size());
  return bytes;
}

std::vector<std::uint64_t> unpack(const SQLite::Column& column, std::size_t rows) {
  std::vector<std::uint64_t> shots(static_cast<std::size_t>(column.getBytes()) / 8);
  std::memcpy(shots.data(), column.getBlob(), 8 * shots.size());
  if (shots.size() == 1) shots.assign(rows, shots[0]);
  return shots;
}

RecordState parse_state(const std::string& text) {
  for (const RecordState state : {RecordState::intended, RecordState::sent, RecordState::accepted, RecordState::done,
                                  RecordState::failed, RecordState::cancelled, RecordState::unknown})
    if (to_string(state) == text) return state;
  throw SQLite::Exception("a record has the state '" + text + "'");
}

std::optional<double> optional_number(const SQLite::Column& column) {
  return column.isNull() ? std::nullopt : std::optional(column.getDouble());
}

}  // namespace

std::int64_t to_milliseconds(Clock::Instant instant) { return instant.time_since_epoch().count(); }
Clock::Instant from_milliseconds(std::int64_t milliseconds) { return Clock::Instant(Clock::Duration(milliseconds)); }

JobRecord read_record(SQLite::Statement& row) {
  int i = 0;
  const auto text = [&] { return row.getColumn(i++).getString(); };
  const auto number = [&] { return row.getColumn(i++).getInt64(); };
  const auto size = [&] { return static_cast<std::uint64_t>(row.getColumn(i++).getInt64()); };
  JobRecord record;
  record.number = number();
  record.run = text();
  record.unit = text();
  record.part.first_row = size();
  record.part.rows = size();
  record.part.first_shot = size();
  record.part.most_shots = size();
  record.digest = text();
  record.purpose = text();
  record.backend = text();
  record.token = text();
  record.shape.qubits = size();
  record.shape.shots = unpack(row.getColumn(i++), record.part.rows);
  record.shape.note = text();
  record.price.usd = optional_number(row.getColumn(i++));
  record.price.qpu_seconds = optional_number(row.getColumn(i++));
  record.state = parse_state(text());
  record.job = text();
  record.message = text();
  record.calibration = text();
  record.created = from_milliseconds(number());
  record.changed = from_milliseconds(number());
  return record;
}

void bind_record(SQLite::Statement& insert, const JobRecord& record) {
  int i = 1;
  const auto text = [&](const std::string& value) { insert.bind(i++, value); };
  const auto number = [&](std::uint64_t value) { insert.bind(i++, static_cast<std::int64_t>(value)); };
  const auto optional = [&](const std::optional<double>& value) {
    if (value)
      insert.bind(i++, *value);
    else
      insert.bind(i++);
  };
  text(record.run);
  text(record.unit);
  number(record.part.first_row);
  number(record.part.rows);
  number(record.part.first_shot);
  number(record.part.most_shots);
  text(record.digest);
  text(record.purpose);
  text(record.backend);
  text(record.token);
  number(record.shape.qubits);
  const std::string shots = pack(record.shape.shots);
  insert.bind(i++, shots.data(), static_cast<int>(shots.size()));
  number(record.shape.total_shots());
  text(record.shape.note);
  optional(record.price.usd);
  optional(record.price.qpu_seconds);
  text(std::string(to_string(record.state)));
  text(record.job);
  text(record.message);
  text(record.calibration);
  insert.bind(i++, to_milliseconds(record.created));
  insert.bind(i++, to_milliseconds(record.changed));
}

}  // namespace bornite
