#pragma once
// Locks that end with their process.

#include "bornite/job/journal.hpp"

namespace bornite {

/// Takes byte `number` of the file beside the journal for this lock alone.
[[nodiscard]] Result<RunLock> lock_run(const std::filesystem::path& journal, std::int64_t number, std::string_view run);

}  // namespace bornite
