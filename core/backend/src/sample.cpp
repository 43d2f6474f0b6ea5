#include "bornite/backend/sample.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <atomic>

namespace bornite {
namespace {

SubmissionToken fresh_token() {
  static std::atomic<std::uint64_t> counter{0};
  return fmt::format("bornite-{}-{}", ::getpid(), counter++);
}

Error not_done(const JobId& job, const JobStatus& status, const std::string& backend) {
  if (status.state == JobState::queued || status.state == JobState::running)
    return {ErrorKind::job, fmt::format("Job {} on {} was sent and is not done yet.", job, backend),
            "Run it through a journal, which waits for it.", true};
  return {ErrorKind::job, fmt::format("Job {} on {} {}: {}", job, backend,
                                      status.state == JobState::failed ? "failed" : "was cancelled",
                                      status.message.empty() ? "no reason was given." : status.message)};
}

}  // namespace

Result<ShotTable> sample(QuantumBackend& backend, const SampleRequest& request) {
  BORNITE_TRY(const JobId job, backend.submit(request, fresh_token()));
  BORNITE_TRY(const JobStatus status, backend.poll(job));
  if (status.state != JobState::done) return not_done(job, status, backend.capabilities().name);
  auto table = backend.fetch(job, shape_of(request));
  backend.forget(job);
  return table;
}

}  // namespace bornite
