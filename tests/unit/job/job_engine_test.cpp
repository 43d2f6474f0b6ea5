#include "bornite/job/job_engine.hpp"

#include <algorithm>
#include <set>
#include <thread>

#include "bornite/backend/sample.hpp"
#include "bornite/job/journaled_backend.hpp"
#include "catch.hpp"
#include "manual_clock.hpp"
#include "scripted_cloud.hpp"
#include "temporary_directory.hpp"

namespace bornite {
namespace {

using Catch::Contains;

const Error lost{.kind = ErrorKind::network, .message = "The connection broke.", .outcome_unknown = true};
const Error busy{.kind = ErrorKind::network, .message = "Too many requests.", .retryable = true};

WorkUnit unit(const std::string& name, std::size_t rows = 1, std::uint64_t shots = 50) {
  std::vector<double> angles(rows);
  for (std::size_t r = 0; r < rows; ++r) angles[r] = 0.1 * static_cast<double>(r);
  return {
      name, "a test", {Circuit(3).h(0).ry(1, Angle::of(0)), ParameterRows(rows, 1, angles), Shots(shots), {.seed = 7}}};
}

void check_same(const ShotTable& a, const ShotTable& b) {
  REQUIRE(a.rows() == b.rows());
  for (std::size_t r = 0; r < a.rows(); ++r) {
    CHECK(std::ranges::equal(a[r].counts(), b[r].counts()));
    CHECK(std::ranges::equal(a[r].strings().words(), b[r].strings().words()));
  }
}

ShotTable simulated(const WorkUnit& unit) {
  StatevectorBackend simulator;
  return sample(simulator, unit.request).value();
}

/// A provider, a journal on the disk, and clients that come and go.
struct Setting {
  TemporaryDirectory folder;
  ManualClock clock;
  CloudState state;
  ScriptedCloud cloud{state};

  Result<Journal> open() { return Journal::open(folder.path() / "jobs.sqlite", clock); }

  std::vector<Result<ShotTable>> run(const std::vector<WorkUnit>& units, JobEngineOptions options = {}) {
    Journal journal = open().value();
    return JobEngine::create(cloud, "cloud:x", journal, "run", std::move(options), clock).value()->run(units);
  }
  Result<ShotTable> run(const WorkUnit& unit, JobEngineOptions options = {}) {
    return std::move(run(std::vector{unit}, std::move(options)).front());
  }
  std::vector<JobRecord> records() { return open().value().records("run").value(); }
};

TEST_CASE("a request comes back as the backend would give it, and its record is done") {
  Setting s;
  const WorkUnit work = unit("one", 3);
  check_same(s.run(work).value(), simulated(work));
  REQUIRE(s.records().size() == 1);
  CHECK(s.records()[0].state == RecordState::done);
  CHECK(s.records()[0].purpose == "a test");
  CHECK(s.state.jobs.size() == 1);
}

TEST_CASE("a unit that is done is read from the journal and nothing is sent") {
  Setting s;
  const WorkUnit work = unit("one", 3);
  const ShotTable first = s.run(work).value();
  s.cloud.before_submit = []() -> Result<void> { throw std::logic_error("sent again"); };
  check_same(s.run(work).value(), first);
  CHECK(s.state.jobs.size() == 1);
}

TEST_CASE("a request is cut to the limits and put together again as if it had been one") {
  Setting s;
  s.cloud.limits.max_rows = 4;
  s.cloud.limits.max_jobs_in_flight = 2;
  const WorkUnit work = unit("many", 10);
  check_same(s.run(work).value(), simulated(work));
  CHECK(s.state.jobs.size() == 3);
}

TEST_CASE("a unit whose request has changed is refused and nothing is sent") {
  Setting s;
  REQUIRE(s.run(unit("one", 3)).has_value());
  const auto refused = s.run(unit("one", 4));
  REQUIRE_FALSE(refused.has_value());
  CHECK_THAT(refused.error().message, Contains("another request") && Contains("'one'"));
  CHECK(s.state.jobs.size() == 1);
}

TEST_CASE("a lost answer to a job that was accepted is adopted, not sent again") {
  Setting s;
  s.cloud.after_submit = [] { return lost; };
  check_same(s.run(unit("one")).value(), simulated(unit("one")));
  CHECK(s.state.jobs.size() == 1);
  CHECK(s.cloud.submits == 1);
}

TEST_CASE("a lost submission that never arrived is sent again, but not before the provider must know of it") {
  Setting s;
  s.cloud.limits.lookup_delay = std::chrono::seconds(30);
  int tries = 0;
  Clock::Duration second{0};
  s.cloud.before_submit = [&]() -> Result<void> {
    if (++tries == 1) return lost;
    second = s.clock.elapsed();
    return {};
  };
  check_same(s.run(unit("one")).value(), simulated(unit("one")));
  CHECK(s.state.jobs.size() == 1);
  CHECK(tries == 2);
  CHECK(second >= std::chrono::seconds(30));
}

TEST_CASE("a job that shows up late at the provider is adopted") {
  Setting s;
  s.cloud.limits.lookup_delay = std::chrono::seconds(30);
  s.cloud.after_submit = [] { return lost; };
  int looks = 0;
  s.cloud.on_find = [&]() -> Result<void> {
    if (++looks < 4) return busy;
    return {};
  };
  CHECK(s.run(unit("one")).has_value());
  CHECK(s.state.jobs.size() == 1);
}

TEST_CASE("where nobody can say whether a job exists it is unknown, told so, and not sent again by itself") {
  Setting s;
  s.cloud.if_not_found = JobLookup::Answer::uncertain;
  s.cloud.before_submit = [] { return lost; };
  const auto result = s.run(unit("one"));
  REQUIRE_FALSE(result.has_value());
  CHECK_THAT(result.error().hint, Contains("bornite jobs adopt") && Contains("bornite jobs forget"));
  REQUIRE(s.records().size() == 1);
  CHECK(s.records()[0].state == RecordState::unknown);

  s.cloud.before_submit = []() -> Result<void> { throw std::logic_error("sent again"); };
  CHECK_FALSE(s.run(unit("one")).has_value());
  CHECK(s.state.jobs.empty());

  SECTION("after it was forgotten it is sent") {
    Journal journal = s.open().value();
    JobRecord record = s.records()[0];
    REQUIRE(journal.mark_ended(record, RecordState::failed, "forgotten").has_value());
    s.cloud.before_submit = [] { return Result<void>(); };
    CHECK(s.run(unit("one")).has_value());
    CHECK(s.state.jobs.size() == 1);
  }
}

TEST_CASE("a provider that makes one job of one token is simply asked again") {
  Setting s;
  s.cloud.limits.submits_once = true;
  s.cloud.if_not_found = JobLookup::Answer::uncertain;
  int tries = 0;
  s.cloud.before_submit = [&]() -> Result<void> { return ++tries == 1 ? Result<void>(lost) : Result<void>(); };
  CHECK(s.run(unit("one")).has_value());
  CHECK(tries == 2);
  CHECK(s.state.jobs.size() == 1);
}

TEST_CASE("errors that pass are waited out with growing pauses, and told") {
  Setting s;
  const auto fail_thrice = [failures = 0]() mutable -> Result<void> {
    if (++failures < 4) return busy;
    return {};
  };
  s.cloud.before_submit = s.cloud.on_poll = s.cloud.on_fetch = fail_thrice;  // a count for each
  std::string trouble;
  CHECK(s.run(unit("one"), {.progress =
                                [&](const JobProgress& p) {
                                  if (!p.trouble.empty()) trouble = p.trouble;
                                }})
            .has_value());
  CHECK(trouble == "Too many requests.");
  CHECK(s.state.jobs.size() == 1);
}

TEST_CASE("a network that is away for an hour is waited out, and what is waited for is told") {
  for (const bool accepted : {false, true}) {
    CAPTURE(accepted);
    Setting s;
    const Clock::Duration back = s.clock.elapsed() + std::chrono::hours(1);
    int calls = 0;
    const auto away = [&]() -> Result<void> {
      ++calls;
      if (s.clock.elapsed() < back) return Error{.kind = ErrorKind::network, .message = "No route.", .retryable = true};
      return {};
    };
    (accepted ? s.cloud.on_poll : s.cloud.before_submit) = away;
    CHECK(s.run(unit("one")).has_value());
    CHECK(s.state.jobs.size() == 1);
    CHECK(s.clock.elapsed() >= back);
    CHECK(calls < 200);
  }
  Setting s;
  s.cloud.polls_until_done = 5;
  std::set<std::string> told;
  CHECK(s.run(unit("one"), {.progress = [&](const JobProgress& p) { told.insert(p.waiting); }}).has_value());
  CHECK(told == std::set<std::string>{"", "in the provider's queue"});
}

TEST_CASE("a job that fails is an error with the provider's reason, and is sent anew when it is asked for again") {
  Setting s;
  s.cloud.final_state = [](const auto&) { return JobState::failed; };
  const auto failed = s.run(unit("one"));
  REQUIRE_FALSE(failed.has_value());
  CHECK_THAT(failed.error().message, Contains("the cryostat is warm"));
  s.cloud.final_state = [](const auto&) { return JobState::done; };
  CHECK(s.run(unit("one")).has_value());
  CHECK(s.state.jobs.size() == 2);
  CHECK(s.state.jobs[0].token != s.state.jobs[1].token);
}

TEST_CASE("what is refused outright ends its unit, and other units go on") {
  Setting s;
  int submits = 0;
  s.cloud.before_submit = [&]() -> Result<void> {
    if (++submits == 1) return Error{ErrorKind::unsupported, "The gate is not native."};
    return {};
  };
  const auto results = s.run(std::vector{unit("one"), unit("two")});
  REQUIRE_FALSE(results[0].has_value());
  CHECK(results[0].error().message == "The gate is not native.");
  CHECK(results[1].has_value());
  CHECK(s.records()[0].state == RecordState::failed);
}

TEST_CASE("a unit of which one part is refused does not send the rest") {
  Setting s;
  s.cloud.limits.max_rows = 1;
  int submits = 0;
  s.cloud.before_submit = [&]() -> Result<void> {
    if (++submits == 2) return Error{ErrorKind::unsupported, "No."};
    return {};
  };
  CHECK_FALSE(s.run(unit("one", 10)).has_value());
  CHECK(s.state.jobs.size() == 1);
}

TEST_CASE("a client that is killed at any call continues with no job lost and none sent twice") {
  const std::vector work{unit("one", 5), unit("two", 2), unit("three", 1)};
  for (int deadly = 1; deadly < 60; ++deadly) {
    CAPTURE(deadly);
    Setting s;
    s.cloud.limits.max_rows = 2;
    s.cloud.limits.max_jobs_in_flight = 3;
    int calls = 0;
    const auto kill = [&]() -> Result<void> {
      if (++calls == deadly) throw Killed();
      return {};
    };
    s.cloud.before_submit = s.cloud.after_submit = s.cloud.on_poll = s.cloud.on_fetch = s.cloud.on_find = kill;
    bool killed = false;
    try {
      static_cast<void>(s.run(work));
    } catch (const Killed&) {
      killed = true;
    }
    const auto results = s.run(work);
    for (std::size_t i = 0; i < work.size(); ++i) check_same(results[i].value(), simulated(work[i]));
    CHECK(s.state.jobs.size() == 5);
    CHECK(std::ranges::all_of(s.records(), [](const auto& r) { return r.state == RecordState::done; }));
    if (!killed) return;
  }
  FAIL("the run never came to its end");
}

TEST_CASE("jobs can be sent and left, and collected by somebody who does not know the requests") {
  Setting s;
  s.cloud.limits.max_rows = 2;
  const std::vector work{unit("one", 5), unit("two", 1)};
  {
    Journal journal = s.open().value();
    CHECK(JobEngine::create(s.cloud, "cloud:x", journal, "run", {}, s.clock).value()->send(work).has_value());
  }
  CHECK(s.state.jobs.size() == 4);
  for (const JobRecord& record : s.records()) CHECK(record.state == RecordState::accepted);
  {
    Journal journal = s.open().value();
    CHECK(JobEngine::create(s.cloud, "cloud:x", journal, "run", {}, s.clock).value()->collect().has_value());
  }
  for (const JobRecord& record : s.records()) CHECK(record.state == RecordState::done);
  s.cloud.before_submit = []() -> Result<void> { throw std::logic_error("sent again"); };
  const auto results = s.run(work);
  check_same(results[0].value(), simulated(work[0]));
  check_same(results[1].value(), simulated(work[1]));
}

TEST_CASE("collecting adopts what was lost and tells of what was never sent") {
  Setting s;
  s.cloud.limits.max_rows = 1;
  int calls = 0;
  s.cloud.after_submit = [&]() -> Result<void> {
    if (++calls == 2) throw Killed();
    return {};
  };
  CHECK_THROWS_AS(s.run(unit("one", 3)), Killed);
  Journal journal = s.open().value();
  const auto collected = JobEngine::create(s.cloud, "cloud:x", journal, "run", {}, s.clock).value()->collect();
  REQUIRE_FALSE(collected.has_value());
  CHECK_THAT(collected.error().message, Contains("never sent"));
  const auto records = s.records();
  REQUIRE(records.size() == 3);
  CHECK(records[0].state == RecordState::done);
  CHECK(records[1].state == RecordState::done);
  CHECK(records[2].state == RecordState::intended);
}

TEST_CASE("a budget counts what is reserved and spent, and refuses before anything is sent") {
  Setting s;
  s.cloud.limits.max_rows = 1;
  const JobEngineOptions options{.budget = {.shots = 250}};
  CHECK(s.run(unit("one", 3), options).has_value());  // 150 shots
  const auto refused = s.run(unit("two", 3), options);
  REQUIRE_FALSE(refused.has_value());
  CHECK(refused.error().kind == ErrorKind::budget);
  CHECK_THAT(refused.error().message, Contains("250") && Contains("150"));
  CHECK(s.state.jobs.size() == 3);
  CHECK(s.run(unit("one", 3), options).has_value());  // costs nothing any more
  CHECK(s.run(unit("three", 2), options).has_value());
}

TEST_CASE("a budget in money needs prices") {
  Setting s;
  CHECK_THAT(s.run(unit("one"), {.budget = {.usd = 1.0}}).error().message, Contains("does not say"));
  s.cloud.price = Price{.usd = 0.4};
  const JobEngineOptions options{.budget = {.usd = 1.0}};
  CHECK(s.run(unit("one"), options).has_value());
  CHECK(s.run(unit("two"), options).has_value());
  CHECK_THAT(s.run(unit("three"), options).error().message, Contains("0.8"));
  CHECK_THAT(s.run(unit("three"), {.budget = {.qpu_seconds = 9}}).error().message, Contains("does not say"));
}

TEST_CASE("a plan says what is still to be taken and sends nothing") {
  Setting s;
  s.cloud.limits.max_rows = 2;
  s.cloud.price = Price{.usd = 0.5};
  REQUIRE(s.run(unit("one", 4)).has_value());
  Journal journal = s.open().value();
  const auto engine = JobEngine::create(s.cloud, "cloud:x", journal, "run", {}, s.clock).value();
  const std::vector work{unit("one", 4), unit("two", 5)};
  CHECK(engine->plan(work).value() == Spending{.jobs = 3, .shots = 250, .usd = 1.5, .jobs_without_seconds = 3});
  CHECK(s.state.jobs.size() == 2);
}

TEST_CASE("a deadline leaves the jobs where they are, and the next run collects them") {
  Setting s;
  s.cloud.polls_until_done = 1'000'000;
  const auto late = s.run(unit("one"), {.deadline = std::chrono::seconds(100)});
  REQUIRE_FALSE(late.has_value());
  CHECK_THAT(late.error().message, Contains("100 s"));
  CHECK(s.clock.elapsed() < std::chrono::seconds(101));
  s.cloud.polls_until_done = 1;
  CHECK(s.run(unit("one")).has_value());
  CHECK(s.state.jobs.size() == 1);
}

TEST_CASE("somebody who stops a run is heard within a moment, and the run can go on") {
  Setting s;
  s.cloud.polls_until_done = 1'000'000;
  const auto stopped = s.run(unit("one"), {.stop = [&] { return s.clock.elapsed() > std::chrono::seconds(5); }});
  REQUIRE_FALSE(stopped.has_value());
  CHECK(stopped.error().kind == ErrorKind::cancelled);
  CHECK(s.clock.elapsed() < std::chrono::milliseconds(5300));
  s.cloud.polls_until_done = 1;
  CHECK(s.run(unit("one")).has_value());
  CHECK(s.state.jobs.size() == 1);
}

TEST_CASE("pauses between looks grow to the longest and no further") {
  Setting s;
  s.cloud.polls_until_done = 1'000'000;
  std::vector<Clock::Duration> looks;
  s.cloud.on_poll = [&] {
    looks.push_back(s.clock.elapsed());
    return Result<void>();
  };
  static_cast<void>(s.run(unit("one"), {.deadline = std::chrono::seconds(300)}));
  REQUIRE(looks.size() > 8);
  CHECK(looks.size() < 30);
  CHECK(looks[1] - looks[0] <= std::chrono::seconds(1));
  CHECK(looks.back() - looks[looks.size() - 2] >= std::chrono::seconds(30));
  CHECK(looks.back() - looks[looks.size() - 2] < std::chrono::seconds(31));
}

TEST_CASE("submissions keep to so many a minute, also over a restart") {
  Setting s;
  s.cloud.limits.max_rows = 1;
  s.cloud.limits.submissions_per_minute = 5;
  std::vector<Clock::Duration> sent;
  s.cloud.before_submit = [&] {
    sent.push_back(s.clock.elapsed());
    return Result<void>();
  };
  CHECK(s.run(unit("one", 3)).has_value());
  CHECK(s.run(unit("two", 9)).has_value());
  REQUIRE(sent.size() == 12);
  for (std::size_t i = 5; i < sent.size(); ++i) CHECK(sent[i] - sent[i - 5] >= std::chrono::seconds(60));
  CHECK(sent.back() < std::chrono::seconds(130));
}

TEST_CASE("outcomes of the wrong shape are refused, and the job stays with the provider") {
  Setting s;
  s.cloud.on_fetch = [] { return Result<void>(Error{ErrorKind::job, "The reply has 3 bits, 4 were asked for."}); };
  const auto refused = s.run(unit("one"));
  REQUIRE_FALSE(refused.has_value());
  CHECK_THAT(refused.error().message, Contains("cannot be used") && Contains("3 bits"));
  CHECK(s.records()[0].state == RecordState::accepted);
  s.cloud.on_fetch = [] { return Result<void>(); };
  CHECK(s.run(unit("one")).has_value());
  CHECK(s.state.jobs.size() == 1);
}

TEST_CASE("a run that somebody works on is refused to others, and is free when they are gone") {
  Setting s;
  Journal journal = s.open().value();
  Journal other = s.open().value();
  {
    const auto engine = JobEngine::create(s.cloud, "cloud:x", journal, "run", {}, s.clock).value();
    CHECK_FALSE(JobEngine::create(s.cloud, "cloud:x", journal, "run", {}, s.clock).has_value());
    const auto refused = JobEngine::create(s.cloud, "cloud:x", other, "run", {}, s.clock);
    REQUIRE_FALSE(refused.has_value());
    CHECK_THAT(refused.error().message, Contains("Another program"));
    CHECK(JobEngine::create(s.cloud, "cloud:x", other, "other", {}, s.clock).has_value());
  }
  CHECK(JobEngine::create(s.cloud, "cloud:x", other, "run", {}, s.clock).has_value());
}

TEST_CASE("behind a journal a backend takes requests of any size and is paid once for each") {
  Setting s;
  s.cloud.limits.max_rows = 2;
  s.cloud.limits.max_shots = 60;
  const WorkUnit work = unit("one", 5);
  for (int process = 0; process < 2; ++process) {
    Journal journal = s.open().value();
    const auto engine = JobEngine::create(s.cloud, "cloud:x", journal, "run", {}, s.clock).value();
    JournaledBackend backend(s.cloud, *engine);
    CHECK(backend.forecast(work.request).value().shape.shots.size() == 5);
    check_same(sample(backend, work.request).value(), simulated(work));
    check_same(sample(backend, work.request).value(), simulated(work));
    CHECK(s.state.jobs.size() == 3);
  }
  CHECK(s.records()[0].purpose == "restart 0, step 0: 5 rows");
}

TEST_CASE("several threads share one engine and its limits") {
  Setting s;
  s.cloud.limits.max_jobs_in_flight = 2;
  Journal journal = s.open().value();
  const auto engine = JobEngine::create(s.cloud, "cloud:x", journal, "run", {}, s.clock).value();
  std::vector<int> right(4);
  {
    std::vector<std::jthread> threads;
    for (std::size_t t = 0; t < right.size(); ++t)
      threads.emplace_back([&, t] {
        for (std::size_t k = 0; k < 5; ++k) {
          const auto table = engine->run(unit(std::to_string(t) + "-" + std::to_string(k), t + 1));
          right[t] += table && table->rows() == t + 1;
        }
      });
  }
  CHECK(right == std::vector{5, 5, 5, 5});
  CHECK(s.state.jobs.size() == 20);
}

}  // namespace
}  // namespace bornite
