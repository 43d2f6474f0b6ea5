#pragma once
// Requests through the engine, with a journal of the test's own.

#include "bornite/job/job_engine.hpp"
#include "emulated_cloud.hpp"

#include <string>
#include <vector>

namespace bornite {

/// Options of an engine for tests: quick to look, quick to give up.
inline JobEngineOptions impatient(std::chrono::seconds deadline = std::chrono::seconds(20)) {
  return {.deadline = deadline,
          .first_pause = std::chrono::milliseconds(5),
          .longest_pause = std::chrono::milliseconds(50)};
}

/// Runs the request as a unit of its own and returns its outcomes or the error.
inline Result<ShotTable> run_in_cloud(EmulatedCloud& cloud, QuantumBackend& backend, const SampleRequest& request,
                                      const std::string& run = "run", JobEngineOptions options = impatient()) {
  BORNITE_TRY(Journal journal, Journal::open(cloud.folder() / "jobs.sqlite"));
  BORNITE_TRY(const auto engine, JobEngine::create(backend, backend.capabilities().name, journal, run,
                                                   std::move(options)));
  return engine->run(unit_of(request));
}

inline std::uint64_t count_of(const ShotRow& row, const std::string& text) {
  for (std::size_t i = 0; i < row.size(); ++i)
    if (row.strings()[i].to_text() == text) return row.counts()[i];
  return 0;
}

}  // namespace bornite
