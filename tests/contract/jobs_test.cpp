// Every backend keeps the rules about jobs and refuses what it cannot do.
#include <cmath>
#include <limits>
#include <thread>

#include "backends_under_test.hpp"
#include "catch.hpp"

namespace bornite {
namespace {

/// The shape of one row of superposition().
JobShape shape(std::uint64_t shots) { return {.qubits = 3, .shots = {shots}}; }

Circuit superposition() { return Circuit(3).h(0).h(1).ry(2, Angle::of(0)); }

TEST_CASE("a token that comes twice means the job of the first") {
  const std::string name = GENERATE(from_range(backends_under_test()));
  CAPTURE(name);
  const auto backend = make_backend(name);
  const JobId first = backend->submit(one_row(superposition(), 100, 1, {0.5}), "same").value();
  const JobId again = backend->submit(one_row(superposition(), 100, 2, {0.5}), "same").value();
  const JobId other = backend->submit(one_row(superposition(), 100, 2, {0.5}), "other").value();
  CHECK(first == again);
  CHECK(first != other);
  CHECK_FALSE(same_row(backend->fetch(first, shape(100)).value()[0], backend->fetch(other, shape(100)).value()[0]));
}

TEST_CASE("a result can be fetched twice") {
  const std::string name = GENERATE(from_range(backends_under_test()));
  CAPTURE(name);
  const auto backend = make_backend(name);
  const JobId job = backend->submit(one_row(superposition(), 100, 1, {0.5}), "twice").value();
  CHECK(same_row(backend->fetch(job, shape(100)).value()[0], backend->fetch(job, shape(100)).value()[0]));
}

TEST_CASE("cancelling a finished job changes nothing") {
  const std::string name = GENERATE(from_range(backends_under_test()));
  CAPTURE(name);
  const auto backend = make_backend(name);
  const JobId job = backend->submit(one_row(superposition(), 100, 1, {0.5}), "finished").value();
  REQUIRE(backend->poll(job).value().state == JobState::done);
  const ShotTable before = backend->fetch(job, shape(100)).value();
  CHECK(backend->cancel(job).has_value());
  CHECK(backend->poll(job).value().state == JobState::done);
  CHECK(same_row(backend->fetch(job, shape(100)).value()[0], before[0]));
}

TEST_CASE("a job that is not known is refused by its name") {
  const std::string name = GENERATE(from_range(backends_under_test()));
  CAPTURE(name);
  const auto backend = make_backend(name);
  const auto poll = backend->poll("no-such-job");
  REQUIRE_FALSE(poll.has_value());
  CHECK_THAT(poll.error().message, Catch::Contains("no-such-job"));
  const auto fetch = backend->fetch("no-such-job", shape(1));
  REQUIRE_FALSE(fetch.has_value());
  CHECK_THAT(fetch.error().message, Catch::Contains("no-such-job"));
  backend->forget("no-such-job");
}

TEST_CASE("a forgotten job is gone, and others stay") {
  const std::string name = GENERATE(from_range(backends_under_test()));
  CAPTURE(name);
  const auto backend = make_backend(name);
  const JobId gone = backend->submit(one_row(superposition(), 10, 1, {0.5}), "gone").value();
  const JobId kept = backend->submit(one_row(superposition(), 10, 1, {0.5}), "kept").value();
  backend->forget(gone);
  CHECK_FALSE(backend->poll(gone).has_value());
  CHECK_FALSE(backend->fetch(gone, shape(10)).has_value());
  CHECK(backend->fetch(kept, shape(10)).has_value());
  const JobId again = backend->submit(one_row(superposition(), 10, 1, {0.5}), "gone").value();
  CHECK(same_row(backend->fetch(again, shape(10)).value()[0], backend->fetch(kept, shape(10)).value()[0]));
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
          const auto job = backend->submit(one_row(superposition(), j + 1, j, {0.5}), std::to_string(j));
          if (!job) continue;
          const auto table = backend->fetch(*job, shape(j + 1));
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
    const auto job = backend->submit(request, "refused-" + words);
    REQUIRE_FALSE(job.has_value());
    CHECK(job.error().kind == ErrorKind::unsupported);
    CHECK_THAT(job.error().message, Catch::Contains(name) && Catch::Contains(words));
    CHECK_FALSE(job.error().hint.empty());
  };
  const auto request = [&](ParameterRows rows, Shots shots) {
    return SampleRequest{circuit, std::move(rows), std::move(shots), test_stream(1)};
  };

  refused(one_row(Circuit(limits.max_qubits + 1), 1), std::to_string(limits.max_qubits + 1) + " qubits");
  refused(request(ParameterRows(1, 2, {1, 2}), Shots(1)), "the rows have 2");
  refused(request(ParameterRows(1, 0, {}), Shots(1)), "the rows have 0");
  refused(request(ParameterRows(0, 1, {}), Shots(1)), "no rows");
  refused(request(ParameterRows(3, 1, {1, 2, 3}), Shots({1, 2})), "3 rows but 2 numbers of shots");
  refused(request(ParameterRows(2, 1, {1, 2}), Shots(0)), "row 0 asks for no shots");
  refused(request(ParameterRows(2, 1, {1, 2}), Shots({1, 0})), "row 1 asks for no shots");
  refused(request(ParameterRows(2, 1, {1, std::nan("")}), Shots(1)), "parameter 0 of row 1 is nan");
  refused(request(ParameterRows(1, 1, {std::numeric_limits<double>::infinity()}), Shots(1)), "is inf");
  if (limits.max_shots < Capabilities::unlimited)
    refused(request(ParameterRows(1, 1, {1}), Shots(limits.max_shots + 1)), std::to_string(limits.max_shots + 1));
}

TEST_CASE("a device and an option that a backend does not have are refused by their names") {
  const std::string name = GENERATE(from_range(backends_under_test()));
  CAPTURE(name);
  const auto device = registry_under_test().create(name + ":no-such-device");
  REQUIRE_FALSE(device.has_value());
  CHECK_THAT(device.error().message, Catch::Contains("no-such-device") && Catch::Contains(name));
  const auto option = registry_under_test().create(name, {{"no-such-option", "1"}});
  REQUIRE_FALSE(option.has_value());
  CHECK_THAT(option.error().message, Catch::Contains("no-such-option") && Catch::Contains(name));
}

}  // namespace
}  // namespace bornite
