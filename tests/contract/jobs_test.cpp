// Every backend keeps the rules about jobs and refuses what it cannot do.
#include <cmath>
#include <limits>
#include <thread>

#include "backends_under_test.hpp"
#include "catch.hpp"

namespace bornite {
namespace {

Circuit superposition() { return Circuit(3).h(0).h(1).ry(2, Angle::of(0)); }

SampleRequest some_shots(std::uint64_t shots, std::uint64_t seed = 1) {
  return one_row(superposition(), shots, seed, {0.5});
}

ShotTable fetched(QuantumBackend& backend, const JobId& job, std::uint64_t shots) {
  return outcomes_of(backend, job, backend.forecast(some_shots(shots)).value().shape);
}

TEST_CASE("a token that comes twice means the job of the first") {
  const std::string name = GENERATE(from_range(backends_under_test()));
  CAPTURE(name);
  const auto backend = make_backend(name);
  const auto before = accepted_jobs(name);
  const SubmissionToken same = fresh("same");
  const JobId first = backend->submit(some_shots(100, 1), same).value();
  const JobId again = backend->submit(some_shots(100, 2), same).value();
  const JobId other = backend->submit(some_shots(90, 2), fresh("other")).value();
  CHECK(first == again);
  CHECK(first != other);
  CHECK(fetched(*backend, first, 100)[0].shots() == 100);
  CHECK(fetched(*backend, other, 90)[0].shots() == 90);
  if (before) CHECK(accepted_jobs(name) == *before + 2);
}

TEST_CASE("a submission without a token is refused") {
  const std::string name = GENERATE(from_range(backends_under_test()));
  CAPTURE(name);
  const auto job = make_backend(name)->submit(some_shots(1), "");
  REQUIRE_FALSE(job.has_value());
  CHECK(job.error().kind == ErrorKind::input);
  CHECK_FALSE(job.error().outcome_unknown);
}

TEST_CASE("a result can be fetched twice") {
  const std::string name = GENERATE(from_range(backends_under_test()));
  CAPTURE(name);
  const auto backend = make_backend(name);
  const JobId job = backend->submit(some_shots(100), fresh("twice")).value();
  CHECK(same_row(fetched(*backend, job, 100)[0], fetched(*backend, job, 100)[0]));
}

TEST_CASE("outcomes of another shape than was asked for are refused") {
  const std::string name = GENERATE(from_range(backends_under_test()));
  CAPTURE(name);
  const auto backend = make_backend(name);
  const JobId job = backend->submit(some_shots(100), fresh("shape")).value();
  JobShape shape = backend->forecast(some_shots(100)).value().shape;
  CHECK(fetched(*backend, job, 100)[0].bits() == 3);
  shape.qubits = 4;
  CHECK_FALSE(backend->fetch(job, shape).has_value());
}

TEST_CASE("cancelling a finished job changes nothing") {
  const std::string name = GENERATE(from_range(backends_under_test()));
  CAPTURE(name);
  const auto backend = make_backend(name);
  const JobId job = backend->submit(some_shots(100), fresh("finished")).value();
  const ShotTable before = fetched(*backend, job, 100);
  REQUIRE(backend->poll(job).value().state == JobState::done);
  CHECK(backend->cancel(job).has_value());
  CHECK(backend->poll(job).value().state == JobState::done);
  CHECK(same_row(fetched(*backend, job, 100)[0], before[0]));
}

TEST_CASE("a job that is not known is refused by its name") {
  const std::string name = GENERATE(from_range(backends_under_test()));
  CAPTURE(name);
  const auto backend = make_backend(name);
  const auto poll = backend->poll("no-such-job");
  REQUIRE_FALSE(poll.has_value());
  CHECK_THAT(poll.error().message, Catch::Contains("no-such-job"));
  CHECK_FALSE(poll.error().retryable);
  const auto fetch = backend->fetch("no-such-job", {.qubits = 3, .shots = {1}});
  REQUIRE_FALSE(fetch.has_value());
  CHECK_THAT(fetch.error().message, Catch::Contains("no-such-job"));
  const auto cancel = backend->cancel("no-such-job");
  REQUIRE_FALSE(cancel.has_value());
  CHECK_THAT(cancel.error().message, Catch::Contains("no-such-job"));
  backend->forget("no-such-job");
}

TEST_CASE("a look at many jobs tells of each in its place, and one that is not known spoils no other") {
  const std::string name = GENERATE(from_range(backends_under_test()));
  CAPTURE(name);
  const auto backend = make_backend(name);
  const JobId first = backend->submit(some_shots(10), fresh("many-1")).value();
  const JobId second = backend->submit(some_shots(10), fresh("many-2")).value();
  CHECK(fetched(*backend, first, 10).rows() + fetched(*backend, second, 10).rows() == 2);
  const auto all = backend->poll_all(std::vector<JobId>{second, "no-such-job", first});
  REQUIRE(all.size() == 3);
  CHECK(all[0].value().state == JobState::done);
  REQUIRE_FALSE(all[1].has_value());
  CHECK_THAT(all[1].error().message, Catch::Contains("no-such-job"));
  CHECK(all[2].value().state == JobState::done);
  CHECK(backend->poll_all({}).empty());
}

TEST_CASE("several threads may submit and fetch at once") {
  const std::string name = GENERATE(from_range(backends_under_test()));
  CAPTURE(name);
  const auto backend = make_backend(name);
  constexpr std::size_t jobs = 40;
  std::vector<std::uint64_t> shots(jobs);
  {
    std::vector<std::jthread> threads;
    for (std::size_t t = 0; t < 4; ++t)
      threads.emplace_back([&, t] {
        for (std::size_t j = t; j < jobs; j += 4) {
          const SampleRequest request = some_shots(j + 1, j);
          const auto forecast = backend->forecast(request);
          const auto job = backend->submit(request, fresh("thread"));
          if (!forecast || !job) continue;
          const auto table = wait_for(*backend, *job, forecast->shape);
          if (table && table->rows() == 1) shots[j] = (*table)[0].shots();
          backend->forget(*job);
        }
      });
  }
  for (std::size_t j = 0; j < jobs; ++j) CHECK(shots[j] == j + 1);
}

TEST_CASE("requests that break a rule are refused with a sentence and start nothing") {
  const std::string name = GENERATE(from_range(backends_under_test()));
  CAPTURE(name);
  const auto backend = make_backend(name);
  const Capabilities& limits = backend->capabilities();
  const Circuit circuit = superposition();
  const auto refused = [&](const SampleRequest& request, const std::string& words) {
    CAPTURE(words);
    const auto job = backend->submit(request, fresh("refused"));
    REQUIRE_FALSE(job.has_value());
    CHECK(job.error().kind == ErrorKind::unsupported);
    CHECK_THAT(job.error().message, Catch::Contains(limits.name) && Catch::Contains(words));
    CHECK_FALSE(job.error().hint.empty());
  };
  const auto request = [&](ParameterRows rows, Shots shots) {
    return SampleRequest{circuit, std::move(rows), std::move(shots), test_stream(1)};
  };
  const auto before = accepted_jobs(name);

  refused(one_row(Circuit(limits.max_qubits + 1), 1), std::to_string(limits.max_qubits + 1) + " qubits");
  refused(request(ParameterRows(1, 2, {1, 2}), Shots(1)), "the rows have 2");
  refused(request(ParameterRows(1, 0, {}), Shots(1)), "the rows have 0");
  refused(request(ParameterRows(0, 1, {}), Shots(1)), "no rows");
  refused(request(ParameterRows(1, 1, {1}), Shots(0)), "row 0 asks for no shots");
  refused(request(ParameterRows(1, 1, {std::nan("")}), Shots(1)), "parameter 0 of row 0 is nan");
  refused(request(ParameterRows(1, 1, {std::numeric_limits<double>::infinity()}), Shots(1)), "is inf");
  if (limits.max_rows >= 3) {
    refused(request(ParameterRows(3, 1, {1, 2, 3}), Shots({1, 2})), "3 rows but 2 numbers of shots");
    refused(request(ParameterRows(2, 1, {1, 2}), Shots({1, 0})),
            limits.uniform_shots ? "row 1 asks for 0 shots, row 0" : "row 1 asks for no shots");
    refused(request(ParameterRows(2, 1, {1, std::nan("")}), Shots(1)), "parameter 0 of row 1 is nan");
  }
  if (limits.max_shots < Capabilities::unlimited)
    refused(request(ParameterRows(1, 1, {1}), Shots(limits.max_shots + 1)), std::to_string(limits.max_shots + 1));
  if (limits.max_rows < 1'000'000) {
    const std::size_t rows = limits.max_rows + 1;
    refused(request(ParameterRows(rows, 1, std::vector<double>(rows)), Shots(1)), std::to_string(rows) + " rows");
  }
  CHECK(accepted_jobs(name) == before);
}

TEST_CASE("a device and an option that a backend does not have are refused by their names") {
  const std::string name = GENERATE(from_range(backends_under_test()));
  CAPTURE(name);
  const std::string plugin = name.substr(0, name.find(':'));
  const auto device = connect(plugin + ":no-such-device");
  REQUIRE_FALSE(device.has_value());
  CHECK_THAT(device.error().message, Catch::Contains("no-such-device"));
  CHECK_FALSE(device.error().hint.empty());
  const auto option = connect(name, {{"no-such-option", "1"}});
  REQUIRE_FALSE(option.has_value());
  CHECK_THAT(option.error().message, Catch::Contains("no-such-option") && Catch::Contains(plugin));
}

}  // namespace
}  // namespace bornite
