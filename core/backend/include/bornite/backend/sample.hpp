#pragma once
// Runs one request to its end.

#include "bornite/backend/backend.hpp"
#include "bornite/util/error.hpp"

#include <chrono>

namespace bornite {

/// How long to wait for a job, and how often to look: the pauses double from `first` to `longest`.
struct Patience {
  std::chrono::milliseconds first{1};
  std::chrono::milliseconds longest{1000};
  std::chrono::seconds deadline{600};
};

/// Submits the request once, waits for it and returns its outcomes. Refuses when the job failed, was cancelled or is
/// not done by the deadline; the message then names the job, which is left as it is.
[[nodiscard]] Result<ShotTable> sample(QuantumBackend& backend, const SampleRequest& request,
                                       const Patience& patience = {});

}  // namespace bornite
