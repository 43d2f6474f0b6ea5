#pragma once
// What Braket's API prints about tasks.

#include "bornite/emulator/dialect.hpp"

#include <string>
#include <string_view>

namespace bornite::emulator {

/// What stands before the id of a job in the ARN of its task.
inline constexpr std::string_view braket_arn_prefix = "arn:aws:braket:us-east-1:000000000000:quantum-task/";

[[nodiscard]] std::string braket_arn(const Job& job);
/// The body of the request that made the task.
[[nodiscard]] const Json& braket_body(const Job& job);
/// Where its results lie in its bucket.
[[nodiscard]] std::string braket_directory(const Job& job);

/// As SearchQuantumTasks lists it.
[[nodiscard]] Json braket_summary(const Job& job, const Situation& situation);
/// As GetQuantumTask gives it.
[[nodiscard]] Json braket_document(const Job& job, const Situation& situation, bool with_queue);

}  // namespace bornite::emulator
