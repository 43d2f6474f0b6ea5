#include "bornite/backend/sample.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <thread>

namespace bornite {
namespace {

SubmissionToken fresh_token() {
  static std::atomic<std::uint64_t> counter{0};
  return fmt::format("bornite-{}-{}", ::getpid(), counter++);
}

Result<void> wait_for(QuantumBackend& backend, const JobId& job, const Patience& patience) {
  const auto start = std::chrono::steady_clock::now();
  const std::string& name = backend.capabilities().name;
  for (auto pause = patience.first;; pause = std::min(2 * pause, patience.longest)) {
    BORNITE_TRY(const JobStatus status, backend.poll(job));
    if (status.state == JobState::done) return {};
    if (status.state == JobState::failed || status.state == JobState::cancelled)
      return Error{ErrorKind::job, fmt::format("Job {} on {} {}: {}", job, name,
                                               status.state == JobState::failed ? "failed" : "was cancelled",
                                               status.message.empty() ? "no reason was given." : status.message)};
    if (std::chrono::steady_clock::now() - start > patience.deadline)
      return Error{ErrorKind::job,
                   fmt::format("Job {} on {} was not done after {} s.", job, name, patience.deadline.count()),
                   "It was left as it is; ask the provider about it.", true};
    std::this_thread::sleep_for(pause);  // between two looks at a job that runs elsewhere
  }
}

}  // namespace

Result<ShotTable> sample(QuantumBackend& backend, const SampleRequest& request, const Patience& patience) {
  BORNITE_TRY(const JobForecast forecast, backend.forecast(request));
  BORNITE_TRY(const JobId job, backend.submit(request, fresh_token()));
  BORNITE_CHECK(wait_for(backend, job, patience));
  auto table = backend.fetch(job, forecast.shape);
  backend.forget(job);
  return table;
}

}  // namespace bornite
