#pragma once
// What IBM's API prints about jobs and sessions.

#include "ibm_request.hpp"

#include <string>
#include <string_view>

namespace bornite::emulator {

[[nodiscard]] Json ibm_error(int code, std::string_view message);
[[nodiscard]] std::string_view ibm_status(Phase phase);
[[nodiscard]] Json ibm_job_document(const Job& job, const Situation& situation, bool with_params);
[[nodiscard]] Json ibm_metrics(const Job& job, const Situation& situation);
/// {"jobs", "count", "limit", "offset"} of the jobs that the query selects; the query was checked.
[[nodiscard]] Json ibm_job_list(const QueryValues& query, const Situation& situation);
/// The outcomes of a job that is done.
[[nodiscard]] Result<Json> ibm_results(const Job& job, Distortion distortion);
[[nodiscard]] Json ibm_device_list(const Situation& situation);

}  // namespace bornite::emulator
