#include "bornite/backend/sample.hpp"

#include <deque>
#include <set>

#include "catch.hpp"

namespace bornite {
namespace {

using Catch::Contains;

/// Answers each poll with the next state of a script, and the last one for ever.
class Scripted final : public QuantumBackend {
 public:
  explicit Scripted(std::deque<JobState> states) : states_(std::move(states)) {}

  [[nodiscard]] const Capabilities& capabilities() const override { return capabilities_; }
  [[nodiscard]] Result<JobId> submit(const SampleRequest&, const SubmissionToken& token) override {
    tokens.insert(token);
    return JobId("job-1");
  }
  [[nodiscard]] Result<JobStatus> poll(const JobId&) override {
    ++polls;
    const JobState state = states_.front();
    if (states_.size() > 1) states_.pop_front();
    return JobStatus{.state = state, .message = words};
  }
  [[nodiscard]] Result<ShotTable> fetch(const JobId&, const JobShape&) override {
    if (lost) return Error{ErrorKind::network, "The line is dead."};
    BitstringList strings(1);
    strings.push_back(Bitstring(1));
    return ShotTable::create({ShotRow::create(strings, {7}, 7).value()});
  }
  [[nodiscard]] Result<void> cancel(const JobId&) override {
    ++cancels;
    return {};
  }
  void forget(const JobId& job) override { forgotten.insert(job); }

  std::string words;
  bool lost = false;
  int polls = 0;
  int cancels = 0;
  std::set<SubmissionToken> tokens;
  std::set<JobId> forgotten;

 private:
  std::deque<JobState> states_;
  Capabilities capabilities_{.name = "scripted", .device = "", .description = "", .max_qubits = 1};
};

const SampleRequest request{Circuit(1), ParameterRows(1, 0, {}), Shots(7), StreamKey{}};

TEST_CASE("a job that is done is fetched and forgotten") {
  Scripted backend({JobState::done});
  const Result<ShotTable> table = sample(backend, request);
  REQUIRE(table.has_value());
  CHECK((*table)[0].shots() == 7);
  CHECK(backend.forgotten.contains("job-1"));
}

TEST_CASE("every request has its own token") {
  Scripted backend({JobState::done});
  for (int i = 0; i < 5; ++i) REQUIRE(sample(backend, request).has_value());
  CHECK(backend.tokens.size() == 5);
}

TEST_CASE("a job that failed or was cancelled is an error with the provider's words") {
  Scripted failed({JobState::failed});
  failed.words = "calibration";
  CHECK_THAT(sample(failed, request).error().message,
             Contains("job-1") && Contains("scripted") && Contains("failed: calibration"));
  Scripted cancelled({JobState::cancelled});
  CHECK_THAT(sample(cancelled, request).error().message, Contains("was cancelled: no reason"));
}

TEST_CASE("a job that is not done is named and left as it is") {
  for (const JobState state : {JobState::queued, JobState::running}) {
    Scripted backend({state});
    const Result<ShotTable> table = sample(backend, request);
    REQUIRE(table.has_error());
    CHECK_THAT(table.error().message, Contains("job-1") && Contains("not done"));
    CHECK(backend.polls == 1);
    CHECK(backend.cancels == 0);
    CHECK(backend.forgotten.empty());
  }
}

TEST_CASE("a result that cannot be fetched is that error") {
  Scripted backend({JobState::done});
  backend.lost = true;
  CHECK(sample(backend, request).error().message == "The line is dead.");
}

}  // namespace
}  // namespace bornite
