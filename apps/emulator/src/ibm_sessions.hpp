#pragma once
// IBM's sessions: what jobs may be grouped in.

#include "bornite/emulator/dialect.hpp"

#include <string>
#include <vector>

namespace bornite::emulator {

/// Refuses a job whose session there is not, or which takes no more: it was closed, or its time is over.
[[nodiscard]] Answered<void> check_ibm_session(const Json& body, const Situation& situation);
/// Cancels a job that still waited when the time of its session was over.
[[nodiscard]] Result<void> settle_ibm_session(const Job& job, const Situation& situation);
/// Answers the calls behind /sessions; `parts` are those of the path from there on.
[[nodiscard]] HttpAnswer ibm_sessions(const HttpCall& call, const std::vector<std::string>& parts,
                                      const Situation& situation);

}  // namespace bornite::emulator
