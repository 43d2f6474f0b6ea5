#include "bornite/backend/finished_jobs.hpp"

#include "catch.hpp"

namespace bornite {
namespace {

using Catch::Contains;

const JobShape one_shot{.qubits = 1, .shots = {1}};

Result<ShotTable> table_of(std::uint64_t shots) {
  BitstringList strings(1);
  strings.push_back(Bitstring::from_index(1, 1));
  BORNITE_TRY(ShotRow row, ShotRow::create(strings, {shots}, shots));
  return ShotTable::create({std::move(row)});
}

TEST_CASE("work runs once per token and its result stays until it is forgotten") {
  FinishedJobs jobs("toy");
  int runs = 0;
  const auto run = [&] { return table_of(static_cast<std::uint64_t>(++runs)); };
  const JobId job = jobs.submit("a", run).value();
  CHECK(jobs.submit("a", run).value() == job);
  CHECK(runs == 1);
  CHECK(jobs.submit("b", run).value() != job);
  CHECK(jobs.poll(job).value().state == JobState::done);
  CHECK(jobs.fetch(job, one_shot).value()[0].shots() == 1);
  CHECK(jobs.fetch(job, one_shot).value()[0].shots() == 1);
  CHECK(jobs.cancel(job).has_value());
  CHECK(jobs.find("a").value().answer == JobLookup::Answer::found);
  CHECK(jobs.find("a").value().job == job);
  CHECK(jobs.find("c").value().answer == JobLookup::Answer::absent);

  jobs.forget(job);
  CHECK(jobs.fetch(job, one_shot).has_error());
  CHECK(jobs.submit("a", run).value() == job);
  CHECK(runs == 3);
}

TEST_CASE("outcomes that have not the shape that was asked for are refused with both figures") {
  FinishedJobs jobs("toy");
  const JobId job = jobs.submit("a", [] { return table_of(7); }).value();
  CHECK(jobs.fetch(job, {.qubits = 1, .shots = {7}}).has_value());
  CHECK_THAT(jobs.fetch(job, {.qubits = 2, .shots = {7}}).error().message, Contains("1 bits, 2"));
  CHECK_THAT(jobs.fetch(job, {.qubits = 1, .shots = {8}}).error().message, Contains("7 shots in a row, 8"));
  CHECK_THAT(jobs.fetch(job, {.qubits = 1, .shots = {7, 7}}).error().message, Contains("1 rows, 2"));
}

TEST_CASE("work that fails leaves no job behind") {
  FinishedJobs jobs("toy");
  const auto failed = jobs.submit("a", []() -> Result<ShotTable> { return Error{ErrorKind::numeric, "It diverged."}; });
  REQUIRE(failed.has_error());
  CHECK(failed.error().message == "It diverged.");
  CHECK(jobs.submit("a", [] { return table_of(5); }).has_value());
}

TEST_CASE("an unknown job is refused by name, an empty token as such") {
  FinishedJobs jobs("toy");
  CHECK_THAT(jobs.poll("x").error().message, Contains("toy has no job 'x'"));
  CHECK_THAT(jobs.fetch("x", one_shot).error().message, Contains("toy has no job 'x'"));
  CHECK_THAT(jobs.cancel("x").error().message, Contains("toy has no job 'x'"));
  jobs.forget("x");
  const auto empty = jobs.submit("", [] { return table_of(1); });
  REQUIRE(empty.has_error());
  CHECK_THAT(empty.error().message, Contains("without a token"));
}

}  // namespace
}  // namespace bornite
