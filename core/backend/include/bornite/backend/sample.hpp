#pragma once
// Runs one request to its end.

#include "bornite/backend/backend.hpp"
#include "bornite/util/error.hpp"

namespace bornite {

/// Submits the request and returns its outcomes. For backends whose jobs are done when submit() returns: local engines,
/// and JournaledBackend for those that run elsewhere. ErrorKind::job for a job that is not done then.
[[nodiscard]] Result<ShotTable> sample(QuantumBackend& backend, const SampleRequest& request);

}  // namespace bornite
