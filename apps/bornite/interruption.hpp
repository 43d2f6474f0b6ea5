#pragma once
// What becomes of jobs that are under way when the user stops a command.

#include "job_session.hpp"

namespace bornite::cli {

/// Leaves or cancels the jobs of a session that was stopped, as the options say; if they do not, the user is asked on a
/// terminal, and elsewhere the jobs are left. Tells on stderr what was done. A second Ctrl-C at the question leaves
/// them.
void settle_jobs(JobSession& session, OnInterrupt wish);

}  // namespace bornite::cli
