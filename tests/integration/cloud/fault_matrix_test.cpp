// Everything that can go wrong with every call of every provider: it ends in success or in one clear error, soon, with
// no job paid twice and no secret shown.
#include <fmt/format.h>

#include <chrono>
#include <fstream>
#include <iostream>
#include <sstream>

#include "catch.hpp"
#include "cloud_run.hpp"

namespace bornite {
namespace {

struct Fault {
  std::string name;
  std::string rule;
};

const std::vector<Fault> faults{
    {"dropped before", "action = \"drop_before\""},
    {"dropped after", "action = \"drop_after\""},
    {"late", "action = \"delay\"\nseconds = 0.05"},
    {"429", "action = \"status\"\nstatus = 429\nretry_after = 0"},
    {"500", "action = \"status\"\nstatus = 500"},
    {"502", "action = \"status\"\nstatus = 502"},
    {"503", "action = \"status\"\nstatus = 503\nretry_after = 0"},
    {"cut short", "action = \"truncate\""},
    {"no JSON", "action = \"malformed\""},
    {"too wide", "action = \"wrong_width\""},
    {"wrong shots", "action = \"wrong_shots\""},
    {"token expired", "action = \"expire_token\""},
    {"stuck", "action = \"stuck\""},
    {"job fails", "action = \"fail_job\""},
    {"slow", "action = \"slow\""},
    {"gzip bomb", "action = \"gzip_bomb\"\nmegabytes = 300"},
};

const std::vector<std::string> calls{"token", "submit", "status", "result", "cancel"};

/// Everything that a user, a log or a file would show.
std::string all_texts(const EmulatedCloud& cloud, const std::string& outcome) {
  std::string texts = outcome;
  for (const auto& file : std::filesystem::directory_iterator(cloud.folder())) {
    if (!file.is_regular_file()) continue;
    std::ostringstream contents;
    contents << std::ifstream(file.path(), std::ios::binary).rdbuf();
    texts += contents.str();
  }
  return texts;
}

/// One client's life: connect, submit, wait, and cancel a second job.
std::string live(EmulatedCloud& cloud, const std::string& provider, const std::string& call) {
  const auto backend = cloud.connect(provider, {{"timeout", "0.6"}});
  if (!backend) return "error: " + describe(backend.error());
  const SampleRequest request{Circuit(2).x(0), ParameterRows(1, 0, {}), Shots(8), StreamKey{}};
  if (call == "cancel") {
    const auto job = (*backend)->submit(request, "a-token-of-the-cancelled-job");
    if (!job) return "error: " + describe(job.error());
    const auto cancelled = (*backend)->cancel(*job);
    return cancelled ? "ok" : "error: " + describe(cancelled.error());
  }
  const auto table = run_in_cloud(cloud, **backend, request, "run", impatient(std::chrono::seconds(2)));
  if (!table) return "error: " + describe(table.error());
  return count_of((*table)[0], "10") == 8 ? "ok" : "WRONG OUTCOMES";
}

struct Cell {
  std::string outcome;
  std::uint64_t accepted;
  double seconds;
};

Cell try_cell(const std::string& provider, const std::string& call, const Fault& fault) {
  const std::string script =
      fmt::format("[[fault]]\nprovider = \"{}\"\ncall = \"{}\"\nnth = 1\n{}\n", provider, call, fault.rule);
  emulator::Timing timing;
  if (call == "cancel") timing.queue = std::chrono::hours(1);
  EmulatedCloud cloud(script, timing);
  const auto start = std::chrono::steady_clock::now();
  const std::string outcome = live(cloud, provider, call);
  const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  for (const std::string& secret : cloud_secrets()) {
    CAPTURE(secret);
    CHECK(all_texts(cloud, outcome).find(secret) == std::string::npos);
  }
  return {outcome, cloud.accepted(provider), seconds};
}

/// "ok", or the first words of the error.
std::string shortened(const Cell& cell) {
  std::string text = cell.outcome.starts_with("error: ") ? cell.outcome.substr(7, 44) : cell.outcome;
  return fmt::format("{:<44} {} job{}", text, cell.accepted, cell.accepted == 1 ? " " : "s");
}

/// Whether this cell must not end well: outcomes that are wrong, and a job that comes to nothing.
bool must_fail(const std::string& call, const std::string& fault) {
  return (call == "result" && (fault == "too wide" || fault == "wrong shots")) ||
         (call == "submit" && (fault == "stuck" || fault == "job fails"));
}

void try_all(const std::string& provider) {
  std::string table;
  for (const std::string& call : calls) {
    for (const Fault& fault : faults) {
      CAPTURE(provider, call, fault.name);
      const Cell cell = try_cell(provider, call, fault);
      CAPTURE(cell.outcome);
      table += fmt::format("{:<7} {:<7} {:<15} {}\n", provider, call, fault.name, shortened(cell));
      CHECK(cell.accepted <= 1);
      CHECK(cell.seconds < 10);
      CHECK((cell.outcome == "ok" || cell.outcome.starts_with("error: ")));
      CHECK(cell.outcome.size() > (cell.outcome == "ok" ? 1 : 30));
      if (must_fail(call, fault.name)) CHECK(cell.outcome != "ok");
    }
  }
  std::cout << table;
}

TEST_CASE("every fault of every call of IonQ ends well or in one clear error, and nothing is paid twice") {
  try_all("ionq");
}
TEST_CASE("every fault of every call of IBM ends well or in one clear error, and nothing is paid twice") {
  try_all("ibm");
}
TEST_CASE("every fault of every call of Braket ends well or in one clear error, and nothing is paid twice") {
  try_all("braket");
}
TEST_CASE("every fault of every call of qBraid ends well or in one clear error, and nothing is paid twice") {
  try_all("qbraid");
}

}  // namespace
}  // namespace bornite
