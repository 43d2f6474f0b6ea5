#pragma once
// Taking back what was sent.

#include "bornite/backend/backend.hpp"
#include "bornite/job/journal.hpp"
#include "bornite/util/error.hpp"

namespace bornite {

/// Asks the provider to cancel a job that it has accepted, and writes down what became of it; a job that was never sent
/// is withdrawn. Without effect on one that has ended, and on one that the provider may not have. The caller holds the
/// lock of the job's run.
[[nodiscard]] Result<void> cancel_job(Journal& journal, QuantumBackend& backend, JobRecord& record);

}  // namespace bornite
