#pragma once
// What the journal knows of one job.

#include "bornite/backend/backend.hpp"
#include "bornite/job/split.hpp"
#include "bornite/util/clock.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace bornite {

/// intended -> sent -> accepted -> done, failed or cancelled. A job that is `sent` may be anywhere: sent only in name,
/// under way, or at the provider. `unknown` is one of which the provider cannot say whether it has it.
enum class RecordState : std::uint8_t { intended, sent, accepted, done, failed, cancelled, unknown };

[[nodiscard]] std::string_view to_string(RecordState state);
/// Whether nothing more happens to it by itself.
[[nodiscard]] bool is_final(RecordState state);

struct JobRecord {
  std::int64_t number = 0;  ///< of the record, in its journal
  std::string run{};        ///< the run that it belongs to
  std::string unit{};       ///< the request of that run, e.g. "restart 0 step 7"
  RequestPart part{};       ///< of that request
  std::string digest{};     ///< of the whole request
  std::string purpose{};    ///< for people
  std::string backend{};    ///< as in --backend
  SubmissionToken token{};
  JobShape shape{};
  Price price{};  ///< the estimate, and what it cost once that is known
  RecordState state = RecordState::intended;
  JobId job{};            ///< the provider's id, from `accepted` on
  std::string message{};  ///< why it failed
  std::string calibration{};
  Clock::Instant created{};
  Clock::Instant changed{};
};

}  // namespace bornite
