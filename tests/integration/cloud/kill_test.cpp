// A client that is killed at any instant loses nothing and pays nothing twice.
#include <fmt/format.h>

#include <chrono>
#include <cstdlib>
#include <fstream>
#include <nlohmann/json.hpp>
#include <thread>

#include "bornite/util/random.hpp"
#include "catch.hpp"
#include "cloud_command.hpp"

namespace bornite {
namespace {

constexpr std::size_t jobs = 50;  // qBraid takes one row in a job

/// A client as a user runs it: rows of an angle on qBraid, through a journal.
class Client {
 public:
  explicit Client(const EmulatedCloud& cloud, std::size_t rows) : command_(cloud, "qbraid") {
    std::ofstream(cloud.folder() / "program.qasm") << "OPENQASM 3.0;\ninclude \"stdgates.inc\";\ninput float[64] a;\n"
                                                      "qubit[2] q;\nbit[2] c;\nry(a) q[0];\nx q[1];\nc = measure q;\n";
    std::ofstream angles(cloud.folder() / "angles.txt");
    for (std::size_t r = 0; r < rows; ++r) angles << (r % 2 == 0 ? "0" : "3.141592653589793") << '\n';
  }

  [[nodiscard]] std::unique_ptr<test::Process> start(const std::string& run) const {
    return command_.start({"sample", "program.qasm", "--theta", "angles.txt", "--shots", "10", "--json", "--journal",
                           "jobs.sqlite", "--name", run});
  }

  /// Runs to the end and checks that every row came back as it must.
  void finish(const std::string& run, std::size_t rows) const {
    const test::Outcome outcome = start(run)->wait();
    CAPTURE(run, outcome.err);
    REQUIRE(outcome.exit_code == 0);
    const auto document = nlohmann::json::parse(outcome.out);
    REQUIRE(document["rows"].size() == rows);
    for (std::size_t r = 0; r < rows; ++r) CHECK(document["rows"][r]["counts"][r % 2 == 0 ? "01" : "11"] == 10);
  }

 private:
  CloudCommand command_;
};

TEST_CASE("a run of 50 jobs that is killed at random instants has all outcomes and exactly 50 jobs in the end") {
  const char* const wish = std::getenv("BORNITE_TEST_KILLS");
  const int kills = wish ? std::atoi(wish) : 25;
  EmulatedCloud cloud("", {.queue = std::chrono::milliseconds(20)});
  const Client client(cloud, jobs);
  RandomStream random({.seed = 4, .purpose = StreamPurpose::test});
  std::size_t runs = 1;
  for (int k = 0; k < kills; ++k) {
    const auto process = client.start(fmt::format("run-{}", runs));
    std::this_thread::sleep_for(std::chrono::microseconds(random() % 120'000));  // the instant is the test
    process->send(SIGKILL);
    if (process->wait().exit_code == 0) ++runs;  // it was done before: the next one is a run of its own
  }
  for (std::size_t run = 1; run <= runs; ++run) client.finish(fmt::format("run-{}", run), jobs);
  CHECK(cloud.accepted("qbraid") == jobs * runs);
  WARN(fmt::format("{} kills over {} runs", kills, runs));
}

}  // namespace
}  // namespace bornite
