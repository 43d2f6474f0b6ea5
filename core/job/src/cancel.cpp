#include "bornite/job/cancel.hpp"

namespace bornite {

Result<void> cancel_job(Journal& journal, QuantumBackend& backend, JobRecord& record) {
  if (record.state == RecordState::intended)
    return journal.mark_ended(record, RecordState::cancelled, "cancelled before it was sent");
  if (record.state != RecordState::accepted) return {};
  BORNITE_CHECK(backend.cancel(record.job));
  BORNITE_TRY(const JobStatus status, backend.poll(record.job));
  if (status.state == JobState::cancelled)
    return journal.mark_ended(record, RecordState::cancelled, "cancelled on request", status.price);
  return {};
}

}  // namespace bornite
