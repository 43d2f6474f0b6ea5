#include "bornite/job/job_record.hpp"

namespace bornite {

std::string_view to_string(RecordState state) {
  switch (state) {
    case RecordState::intended: return "intended";
    case RecordState::sent: return "sent";
    case RecordState::accepted: return "accepted";
    case RecordState::done: return "done";
    case RecordState::failed: return "failed";
    case RecordState::cancelled: return "cancelled";
    case RecordState::unknown: return "unknown";
  }
  return "?";
}

bool is_final(RecordState state) {
  return state == RecordState::done || state == RecordState::failed || state == RecordState::cancelled;
}

}  // namespace bornite
