// Jobs of remote backends outlive the program: what a second object, as in another process, can do with them.
#include "backends_under_test.hpp"
#include "catch.hpp"

namespace bornite {
namespace {

SampleRequest flipped() { return one_row(Circuit(3).x(0).ry(1, Angle::of(0)), 10, 1, {0.0}); }

TEST_CASE("a second object fetches a remote job by its id and shape, also after it was forgotten") {
  const std::string name = GENERATE(from_range(backends_under_test()));
  CAPTURE(name);
  JobId job;
  JobShape shape;
  {
    const auto first = make_backend(name);
    if (!first->capabilities().remote) return;
    shape = first->forecast(flipped()).value().shape;
    job = first->submit(flipped(), fresh("outlives")).value();
    first->forget(job);
  }
  const auto second = make_backend(name);
  CHECK(count_of(outcomes_of(*second, job, shape)[0], "100") == 10);
  CHECK(second->poll(job).value().state == JobState::done);
  CHECK(count_of(second->fetch(job, shape).value()[0], "100") == 10);
}

TEST_CASE("a remote job whose id was lost, twice, is one job") {
  const std::string name = GENERATE(from_range(backends_under_test()));
  CAPTURE(name);
  if (!make_backend(name)->capabilities().remote) return;
  const SubmissionToken token = fresh("lost");
  const auto before = accepted_jobs(name);
  const JobId job = make_backend(name)->submit(flipped(), token).value();
  for (int lost = 0; lost < 2; ++lost) {
    CAPTURE(lost);
    const auto other = make_backend(name);
    const JobLookup found = other->find(token).value();
    if (found.answer == JobLookup::Answer::uncertain) {
      REQUIRE(other->capabilities().submits_once);
      CHECK(other->submit(flipped(), token).value() == job);
    } else {
      CHECK(found.answer == JobLookup::Answer::found);
      CHECK(found.job == job);
    }
  }
  if (before) CHECK(accepted_jobs(name) == *before + 1);
}

TEST_CASE("a remote job is found among others, and a token that is part of another's is not") {
  const std::string name = GENERATE(from_range(backends_under_test()));
  CAPTURE(name);
  const auto first = make_backend(name);
  if (!first->capabilities().remote) return;
  if (first->capabilities().submits_once) return;  // it is asked by submitting again
  const SubmissionToken token = fresh("crowd");
  std::vector<JobId> jobs;
  for (int i = 0; i < 12; ++i) jobs.push_back(first->submit(flipped(), token + "-" + std::to_string(i)).value());
  const auto second = make_backend(name);
  CHECK(second->find(token + "-1").value().job == jobs[1]);
  CHECK(second->find(token + "-11").value().job == jobs[11]);
  CHECK(second->find(token).value().answer == JobLookup::Answer::absent);
  CHECK(second->find(token + "-111").value().answer == JobLookup::Answer::absent);
}

TEST_CASE("a remote job that waits has no outcomes yet, can be cancelled, and is over then") {
  const std::string name = GENERATE(from_range(backends_under_test()));
  CAPTURE(name);
  const auto backend = make_waiting_backend(name);
  if (!backend) return;
  const JobShape shape = backend->forecast(flipped()).value().shape;
  const JobId job = backend->submit(flipped(), fresh("waits")).value();
  const JobId other = backend->submit(flipped(), fresh("waits-too")).value();
  CHECK(backend->poll(job).value().state == JobState::queued);
  const auto early = backend->fetch(job, shape);
  REQUIRE_FALSE(early.has_value());
  CHECK(early.error().retryable);
  CHECK(backend->cancel(job).has_value());
  CHECK(backend->cancel(job).has_value());
  const auto late = backend->fetch(job, shape);
  REQUIRE_FALSE(late.has_value());
  CHECK_FALSE(late.error().retryable);
  const auto states = backend->poll_all(std::vector<JobId>{other, job, "no-such-job", other});
  REQUIRE(states.size() == 4);
  CHECK(states[0].value().state == JobState::queued);
  CHECK(states[1].value().state == JobState::cancelled);
  CHECK_FALSE(states[2].has_value());
  CHECK(states[3].value().state == JobState::queued);
}

TEST_CASE("a provider that is named without a device lists its devices and takes no jobs") {
  const std::string name = GENERATE(from_range(backends_under_test()));
  CAPTURE(name);
  if (!make_backend(name)->capabilities().remote) return;
  const auto backend = connect(name.substr(0, name.find(':')));
  REQUIRE(backend.has_value());
  CHECK_FALSE((*backend)->devices().value().empty());
  const auto before = accepted_jobs(name);
  const auto job = (*backend)->submit(flipped(), fresh("nowhere"));
  REQUIRE_FALSE(job.has_value());
  CHECK(job.error().kind == ErrorKind::usage);
  CHECK_FALSE((*backend)->describe().has_value());
  CHECK(accepted_jobs(name) == before);
}

}  // namespace
}  // namespace bornite
