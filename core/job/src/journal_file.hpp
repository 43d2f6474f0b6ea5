#pragma once
// The SQLite file of a journal.

#include "bornite/util/error.hpp"

#include <filesystem>

namespace SQLite {
class Database;
}

namespace bornite {

/// Opens the file, or makes it. Refuses files that are not journals and those of newer programs.
[[nodiscard]] Result<SQLite::Database> open_journal_file(const std::filesystem::path& path);
/// The same without writing, also where the folder does not allow it. The file must exist.
[[nodiscard]] Result<SQLite::Database> open_journal_file_to_read(const std::filesystem::path& path);

}  // namespace bornite
