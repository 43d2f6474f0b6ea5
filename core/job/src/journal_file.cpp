#include "journal_file.hpp"

#include <SQLiteCpp/SQLiteCpp.h>
#include <fmt/format.h>

#include <string>
#include <utility>

#include "record_columns.hpp"

namespace bornite {
namespace {

constexpr int version = 1;
constexpr int application = 0x424f524e;  // "BORN"; SQLite's place for a file's kind
constexpr int busy_milliseconds = 20'000;

void prepare(SQLite::Database& database) {
  database.setBusyTimeout(busy_milliseconds);
  database.exec("PRAGMA journal_mode = WAL");
  database.exec("PRAGMA synchronous = FULL");  // each commit is on the disk before the next thing happens
  database.exec("PRAGMA foreign_keys = ON");
}

Result<void> check_file(SQLite::Database& database, const std::filesystem::path& path) {
  const int found_version = database.execAndGet("PRAGMA user_version").getInt();
  const int found_application = database.execAndGet("PRAGMA application_id").getInt();
  if (found_application != application)
    return Error{ErrorKind::io, fmt::format("{} is an SQLite file, but not a journal of jobs.", path.string()),
                 "Name another file."};
  if (found_version > version)
    return Error{ErrorKind::io,
                 fmt::format("The journal {} has version {}; this program knows up to {}.", path.string(),
                             found_version, version),
                 "Use the newer program that made it."};
  return {};
}

bool is_empty(SQLite::Database& database) {
  return database.execAndGet("SELECT count(*) FROM sqlite_master").getInt() == 0;
}

Error cannot_open(const std::filesystem::path& path, const SQLite::Exception& exception) {
  return {ErrorKind::io, fmt::format("The journal {} cannot be opened: {}.", path.string(), exception.what()),
          "Check the path and its permissions, or name another file."};
}

/// The path as SQLite's URI of a file that nobody changes: the only way into a journal whose folder is read-only.
std::string immutable_uri(const std::filesystem::path& path) {
  std::string uri = "file:";
  for (const char c : std::filesystem::absolute(path).string())
    uri += c == '?' || c == '#' || c == '%' ? fmt::format("%{:02x}", static_cast<unsigned char>(c)) : std::string(1, c);
  return uri + "?immutable=1";
}

}  // namespace

Result<SQLite::Database> open_journal_file(const std::filesystem::path& path) try {
  SQLite::Database database(path.string(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
  database.setBusyTimeout(busy_milliseconds);
  if (!is_empty(database)) BORNITE_CHECK(check_file(database, path));
  prepare(database);
  SQLite::Transaction transaction(database, SQLite::TransactionBehavior::IMMEDIATE);
  database.exec(journal_schema);
  database.exec(fmt::format("PRAGMA application_id = {}", application));
  database.exec(fmt::format("PRAGMA user_version = {}", version));
  transaction.commit();
  return database;
} catch (const SQLite::Exception& exception) {
  return cannot_open(path, exception);
}

Result<SQLite::Database> open_journal_file_to_read(const std::filesystem::path& path) {
  if (!std::filesystem::exists(path))
    return Error{ErrorKind::io, fmt::format("There is no journal {}.", path.string()),
                 "Name the folder of a run, or a file that --journal wrote."};
  const auto checked = [&path](SQLite::Database database) -> Result<SQLite::Database> {
    database.setBusyTimeout(busy_milliseconds);
    BORNITE_CHECK(check_file(database, path));
    return database;
  };
  try {
    return checked(SQLite::Database(path.string(), SQLite::OPEN_READONLY));
  } catch (const SQLite::Exception&) {  // a folder that cannot be written to has no place for the files of the log
  }
  try {
    return checked(SQLite::Database(immutable_uri(path), SQLite::OPEN_READONLY | SQLite::OPEN_URI));
  } catch (const SQLite::Exception& exception) {
    return cannot_open(path, exception);
  }
}

}  // namespace bornite
