#include "bornite/replay/replay_backend.hpp"

#include <algorithm>
#include <cmath>
#include <fstream>

#include "bornite/backend/sample.hpp"
#include "bornite/job/job_engine.hpp"
#include "catch.hpp"
#include "manual_clock.hpp"
#include "scripted_cloud.hpp"
#include "temporary_directory.hpp"

namespace bornite {
namespace {

using Catch::Contains;

SampleRequest request(std::uint32_t step, std::uint64_t shots = 50) {
  return {Circuit(3).h(0).ry(1, Angle::of(0)),
          ParameterRows(5, 1, {0.1, 0.2, 0.3, 0.4, 0.5}),
          Shots(shots),
          {.seed = 7, .restart = 2, .step = step}};
}

bool same(const ShotTable& a, const ShotTable& b) {
  if (a.rows() != b.rows()) return false;
  for (std::size_t r = 0; r < a.rows(); ++r)
    if (!std::ranges::equal(a[r].counts(), b[r].counts()) ||
        !std::ranges::equal(a[r].strings().words(), b[r].strings().words()))
      return false;
  return true;
}

/// A provider that takes three rows and twenty shots of each in a job, and a journal of what it did.
struct Recorder {
  TemporaryDirectory folder;
  ManualClock clock;
  CloudState state;
  ScriptedCloud cloud{state};

  Recorder() {
    cloud.limits.max_rows = 3;
    cloud.limits.max_shots = 20;
  }
  [[nodiscard]] std::filesystem::path file() const { return folder.path() / "jobs.sqlite"; }
  Result<ShotTable> record(const SampleRequest& request, const std::string& run = "train") {
    Journal journal = Journal::open(file(), clock).value();
    return JobEngine::create(cloud, "cloud:x", journal, run, {}, clock).value()->run(unit_of(request));
  }
  [[nodiscard]] Result<ShotTable> replay(const SampleRequest& request) const {
    BORNITE_TRY(const auto backend, make_replay_backend(folder.path()));
    return sample(*backend, request);
  }
};

TEST_CASE("a recorded request has the same outcomes again, put together from all of its jobs") {
  Recorder recorder;
  const ShotTable first = recorder.record(request(0)).value();
  const ShotTable second = recorder.record(request(1)).value();
  CHECK(recorder.state.jobs.size() == 12);
  CHECK_FALSE(same(first, second));
  CHECK(same(recorder.replay(request(0)).value(), first));
  CHECK(same(recorder.replay(request(1)).value(), second));
  CHECK(recorder.state.jobs.size() == 12);
}

TEST_CASE("a request that differs in anything is not recorded, and the message names its step") {
  Recorder recorder;
  static_cast<void>(recorder.record(request(0)).value());
  SampleRequest other_circuit = request(0);
  other_circuit.circuit.x(2);
  SampleRequest other_angle = request(0);
  other_angle.rows = ParameterRows(5, 1, {0.1, 0.2, 0.3, 0.4, 0.6});
  for (const SampleRequest& other : {request(17), request(0, 51), other_circuit, other_angle}) {
    const auto refused = recorder.replay(other);
    REQUIRE_FALSE(refused);
    CHECK(refused.error().kind == ErrorKind::job);
    CHECK_THAT(refused.error().message, Contains("restart 2, step " + std::to_string(other.stream.step)));
  }
}

TEST_CASE("by its step, a recording answers a request whose angles differ in the last digits, and no other") {
  Recorder recorder;
  const ShotTable recorded = recorder.record(request(0)).value();
  SampleRequest nearly = request(0);
  nearly.rows = ParameterRows(5, 1, {0.1, 0.2, 0.3, 0.4, std::nextafter(0.5, 1.0)});
  CHECK_THAT(recorder.replay(nearly).error().hint, Contains("match=step"));
  const auto tolerant = make_replay_backend(recorder.folder.path(), ReplayMatch::step).value();
  CHECK(same(sample(*tolerant, nearly).value(), recorded));
  CHECK(same(sample(*tolerant, request(0)).value(), recorded));
  CHECK_FALSE(sample(*tolerant, request(1)));
  CHECK_FALSE(sample(*tolerant, request(0, 49)));
}

TEST_CASE("a recording that broke off says which job is missing, and another run's whole one is preferred") {
  Recorder recorder;
  recorder.cloud.final_state = [](const CloudState::Job& job) {
    return job.request.rows.rows() == 2 ? JobState::failed : JobState::done;
  };
  CHECK_FALSE(recorder.record(request(0), "first"));
  const auto incomplete = recorder.replay(request(0));
  REQUIRE_FALSE(incomplete);
  CHECK_THAT(incomplete.error().message, Contains("not complete") && Contains("failed") && Contains("step 0"));

  recorder.cloud.final_state = [](const CloudState::Job&) { return JobState::done; };
  const ShotTable whole = recorder.record(request(0), "second").value();
  CHECK(same(recorder.replay(request(0)).value(), whole));
}

TEST_CASE("replaying changes nothing in the journal, and several may do it while it is written") {
  Recorder recorder;
  const ShotTable first = recorder.record(request(0)).value();
  const auto early = make_replay_backend(recorder.file()).value();
  const auto late = make_replay_backend(recorder.folder.path()).value();
  static_cast<void>(recorder.record(request(1)).value());
  CHECK(same(sample(*early, request(0)).value(), first));
  CHECK(same(sample(*late, request(0)).value(), first));
  CHECK(Journal::open(recorder.file()).value().records().value().size() == 12);
}

TEST_CASE("what is no recording is refused with the file's name") {
  const TemporaryDirectory folder;
  CHECK_THAT(make_replay_backend(folder.path()).error().message, Contains("no journal") && Contains("jobs.sqlite"));
  CHECK_FALSE(std::filesystem::exists(folder.path() / "jobs.sqlite"));

  std::ofstream(folder.path() / "text") << std::string(5000, 'x');
  CHECK_THAT(make_replay_backend(folder.path() / "text").error().message, Contains("text"));

  static_cast<void>(Journal::open(folder.path() / "empty").value());
  CHECK_THAT(make_replay_backend(folder.path() / "empty").error().message, Contains("holds no jobs"));
}

TEST_CASE("a replay takes as many qubits as were recorded") {
  Recorder recorder;
  static_cast<void>(recorder.record(request(0)).value());
  const auto backend = make_replay_backend(recorder.file()).value();
  CHECK(backend->capabilities().max_qubits == 3);
  CHECK_FALSE(backend->capabilities().remote);
}

}  // namespace
}  // namespace bornite
