// Ctrl-C while jobs wait in a provider's queue.

#include <fstream>
#include <thread>

#include "bornite/job/journal.hpp"
#include "catch.hpp"
#include "cloud_command.hpp"

namespace bornite {
namespace {

using Catch::Contains;

/// Of the run's one job; empty before there is one.
std::string state(const EmulatedCloud& cloud) {
  const auto journal = Journal::open_to_read(cloud.folder() / "jobs.sqlite");
  if (!journal) return "";
  const auto records = journal->records();
  return records && !records->empty() ? std::string(to_string(records->front().state)) : "";
}

/// Starts a run that waits, stops it once it knows that the provider has its job, and returns what it said.
test::Outcome interrupted(const EmulatedCloud& cloud, const CloudCommand& client,
                          const std::vector<std::string>& wish) {
  std::ofstream(cloud.folder() / "bell.qasm")
      << "OPENQASM 3.0;\ninclude \"stdgates.inc\";\nqubit[2] q;\nbit[2] c;\nh q[0];\ncx q[0], q[1];\nc = measure q;\n";
  std::vector<std::string> arguments{"sample", "bell.qasm", "--journal", "jobs.sqlite", "--name", "run"};
  arguments.insert(arguments.end(), wish.begin(), wish.end());
  const auto process = client.start(arguments);
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(30);
  while (state(cloud) != "accepted" && std::chrono::steady_clock::now() < deadline)
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  process->send(SIGINT);
  return process->wait();
}

TEST_CASE("jobs under way are cancelled after Ctrl-C if that is the wish") {
  const EmulatedCloud cloud("", {.queue = std::chrono::hours(1)});
  const CloudCommand client(cloud, "ionq");
  const test::Outcome outcome = interrupted(cloud, client, {"--on-interrupt", "cancel"});
  CAPTURE(outcome.err);
  CHECK(outcome.exit_code == 1);
  CHECK_THAT(outcome.err, Contains("1 job is under way on ionq:simulator") && Contains("Cancelled 1 job."));
  CHECK(state(cloud) == "cancelled");
  CHECK(cloud.accepted("ionq") == 1);
}

TEST_CASE("jobs under way are left after Ctrl-C where nobody can be asked, and can be gone on with") {
  const EmulatedCloud cloud("", {.queue = std::chrono::seconds(1)});
  const CloudCommand client(cloud, "ionq");
  const test::Outcome outcome = interrupted(cloud, client, {});
  CAPTURE(outcome.err);
  CHECK(outcome.exit_code == 1);
  CHECK_THAT(outcome.err, Contains("Left running") && Contains("recorded as run run"));
  CHECK(state(cloud) == "accepted");
  CHECK(client.run({"sample", "bell.qasm", "--journal", "jobs.sqlite", "--name", "run"}).exit_code == 0);
  CHECK(cloud.accepted("ionq") == 1);
}

}  // namespace
}  // namespace bornite
