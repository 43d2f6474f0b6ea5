#pragma once
// A provider that lives longer than its clients, and whose every call can be made to go wrong.

#include "bornite/backend/backend.hpp"
#include "bornite/statevector/statevector_backend.hpp"

#include <atomic>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <vector>

namespace bornite {

/// What the provider keeps, whoever is connected.
struct CloudState {
  struct Job {
    SubmissionToken token;
    SampleRequest request;
    JobState state = JobState::queued;
    int looks = 0;  ///< polls so far
  };
  std::vector<Job> jobs;  ///< every submission that was accepted, and so paid for
  std::mutex mutex{};
};

/// Dies as a client does when its process is killed.
struct Killed {};

/// A client of the provider. Jobs are done after `polls_until_done` looks. Hooks run before the call they are named
/// after has any effect; one that returns an error makes the call fail with it, one that throws kills the client.
class ScriptedCloud final : public QuantumBackend {
 public:
  explicit ScriptedCloud(CloudState& state) : state_(state) {}

  Capabilities limits{.name = "cloud", .device = "", .description = "scripted", .max_qubits = 10, .remote = true};
  int polls_until_done = 2;
  std::optional<Price> price{};
  JobLookup::Answer if_not_found = JobLookup::Answer::absent;
  std::function<Result<void>()> before_submit = [] { return Result<void>(); };
  std::function<Result<void>()> after_submit = [] { return Result<void>(); };  ///< the job is accepted by then
  std::function<Result<void>()> on_poll = [] { return Result<void>(); };
  std::function<Result<void>()> on_fetch = [] { return Result<void>(); };
  std::function<Result<void>()> on_find = [] { return Result<void>(); };
  std::function<JobState(const CloudState::Job&)> final_state = [](const auto&) { return JobState::done; };
  std::atomic<int> submits = 0;
  std::atomic<int> finds = 0;

  [[nodiscard]] const Capabilities& capabilities() const override { return limits; }

  [[nodiscard]] Result<JobForecast> forecast(const SampleRequest& request) override {
    BORNITE_CHECK(validate(request, limits));
    return JobForecast{
        .shape = shape_of(request), .payload_bytes = 100 * request.rows.rows(), .price = price.value_or(Price{})};
  }

  [[nodiscard]] Result<JobId> submit(const SampleRequest& request, const SubmissionToken& token) override {
    ++submits;
    BORNITE_CHECK(validate(request, limits));
    BORNITE_CHECK(before_submit());
    {
      const std::lock_guard lock(state_.mutex);
      bool known = false;
      for (const auto& job : state_.jobs) known = known || (limits.submits_once && job.token == token);
      if (!known) state_.jobs.push_back({token, request});
    }
    BORNITE_CHECK(after_submit());
    return find(token).value().job;
  }

  [[nodiscard]] Result<JobStatus> poll(const JobId& id) override {
    BORNITE_CHECK(on_poll());
    const std::lock_guard lock(state_.mutex);
    CloudState::Job* const job = known(id);
    if (!job) return Error{ErrorKind::input, "There is no job " + id + "."};
    if (++job->looks >= polls_until_done && job->state == JobState::queued) job->state = final_state(*job);
    return JobStatus{.state = job->state, .message = job->state == JobState::failed ? "the cryostat is warm" : ""};
  }

  [[nodiscard]] Result<JobLookup> find(const SubmissionToken& token) override {
    ++finds;
    BORNITE_CHECK(on_find());
    const std::lock_guard lock(state_.mutex);
    for (std::size_t i = 0; i < state_.jobs.size(); ++i)
      if (state_.jobs[i].token == token) return JobLookup{JobLookup::Answer::found, "job-" + std::to_string(i)};
    return JobLookup{if_not_found};
  }

  [[nodiscard]] Result<ShotTable> fetch(const JobId& id, const JobShape& shape) override {
    BORNITE_CHECK(on_fetch());
    const std::lock_guard lock(state_.mutex);
    StatevectorBackend simulator;
    const JobId job = simulator.submit(known(id)->request, "x").value();
    return simulator.fetch(job, shape);
  }

  [[nodiscard]] Result<void> cancel(const JobId& id) override {
    const std::lock_guard lock(state_.mutex);
    known(id)->state = JobState::cancelled;
    return {};
  }

 private:
  CloudState::Job* known(const JobId& id) {
    for (std::size_t i = 0; i < state_.jobs.size(); ++i)
      if (id == "job-" + std::to_string(i)) return &state_.jobs[i];
    return nullptr;
  }

  CloudState& state_;
};

}  // namespace bornite
