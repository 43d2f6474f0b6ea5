// All jobs of a command in one session of IBM's, which Bornite opens and closes itself.
#include <fmt/format.h>

#include <chrono>
#include <fstream>
#include <set>
#include <thread>

#include "bornite/job/journal.hpp"
#include "catch.hpp"
#include "cloud_command.hpp"
#include "cloud_run.hpp"

namespace bornite {
namespace {

using Catch::Contains;
using emulator::HttpCall;
using emulator::Json;

const BackendOptions in_a_batch{{"session", "batch"}, {"session_seconds", "600"}, {"per_minute", "1000000"}};

SampleRequest flip(std::uint64_t shots) {
  return {Circuit(2).x(0), ParameterRows(1, 0, {}), Shots(shots), StreamKey{}};
}

/// What IBM itself has, asked for without the way over the network.
class Service {
 public:
  explicit Service(const EmulatedCloud& cloud) : cloud_(cloud) {
    const HttpCall exchange{"POST",
                            "/ibm/identity/token",
                            {{"Content-Type", "application/x-www-form-urlencoded"}},
                            "grant_type=urn%3Aibm%3Aparams%3Aoauth%3Agrant-type%3Aapikey&apikey=ibm-emulator-key"};
    token_ = Json::parse(cloud.answer(exchange).body).at("access_token");
  }

  /// The session of each job, in the order of the jobs.
  [[nodiscard]] std::vector<std::string> sessions_of_jobs() const {
    std::vector<std::string> sessions;
    const Json jobs = get("/jobs?limit=200&sort=ASC&exclude_params=true").at("jobs");
    for (const Json& job : jobs) sessions.push_back(job.value("session_id", "none"));
    return sessions;
  }
  [[nodiscard]] Json session(const std::string& id) const { return get("/sessions/" + id); }
  /// Every session there is, with jobs and without.
  [[nodiscard]] std::vector<Json> sessions() const {
    std::vector<Json> all;
    for (const auto& file : std::filesystem::directory_iterator(cloud_.folder() / "store" / "documents"))
      all.push_back(session(file.path().stem().string().substr(std::string("ibm-session-").size())));
    return all;
  }
  void end_session(const std::string& id) const { CHECK(call("DELETE", "/sessions/" + id + "/close").status == 204); }
  [[nodiscard]] std::string open_session() const {
    return Json::parse(call("POST", "/sessions", R"({"mode": "batch", "backend": "ibm_emulated"})").body).at("id");
  }

 private:
  [[nodiscard]] emulator::HttpAnswer call(const std::string& method, const std::string& path,
                                          const std::string& body = "") const {
    return cloud_.answer({method,
                          "/ibm/api/v1" + path,
                          {{"Authorization", "Bearer " + token_},
                           {"Service-CRN", cloud_.options("ibm").at("instance")},
                           {"IBM-API-Version", "2026-04-15"},
                           {"Content-Type", "application/json"}},
                          body});
  }
  [[nodiscard]] Json get(const std::string& path) const { return Json::parse(call("GET", path).body); }

  const EmulatedCloud& cloud_;
  std::string token_;
};

/// The command with all jobs in a batch.
class BatchCommand {
 public:
  explicit BatchCommand(const EmulatedCloud& cloud) : command_(cloud, "ibm") {
    std::ofstream(cloud.folder() / "costs.txt") << "0.3\n0.9\n0.1\n0.5\n";
    BackendOptions options = cloud.options("ibm");
    options.insert(in_a_batch.begin(), in_a_batch.end());
    for (const auto& [key, value] : options)
      for (const std::string& word : {std::string("--backend-option"), key + "=" + value}) options_.push_back(word);
  }

  [[nodiscard]] std::unique_ptr<test::Process> start(std::vector<std::string> arguments) const {
    arguments.insert(arguments.end(), options_.begin(), options_.end());
    return command_.start_without_backend(std::move(arguments));
  }
  [[nodiscard]] std::unique_ptr<test::Process> start_training(const std::vector<std::string>& more = {}) const {
    std::vector<std::string> arguments{"train",
                                       "--problem",
                                       "table:costs.txt",
                                       "--objective",
                                       "selbo",
                                       "--depth",
                                       "1",
                                       "--shots",
                                       "20",
                                       "--iterations",
                                       "2",
                                       "--restarts",
                                       "1",
                                       "--json",
                                       "--backend",
                                       "ibm:ibm_emulated"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return start(std::move(arguments));
  }

 private:
  CloudCommand command_;
  std::vector<std::string> options_;
};

void wait_for_jobs(const EmulatedCloud& cloud, std::uint64_t jobs) {
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(30);
  while (cloud.accepted("ibm") < jobs && std::chrono::steady_clock::now() < deadline)
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
}

TEST_CASE("a training in a batch has all its jobs in one session, which takes no more in the end") {
  const EmulatedCloud cloud;
  const BatchCommand client(cloud);
  const Service service(cloud);
  const test::Outcome plan = client.start_training({"--dry-run"})->wait();
  CAPTURE(plan.err);
  CHECK(plan.exit_code == 0);
  CHECK(service.sessions().empty());

  const test::Outcome outcome = client.start_training({"--out", "run"})->wait();
  CAPTURE(outcome.err);
  REQUIRE(outcome.exit_code == 0);
  const std::vector<std::string> used = service.sessions_of_jobs();
  CHECK(used.size() >= 3);
  CHECK(std::set<std::string>(used.begin(), used.end()).size() == 1);
  REQUIRE(service.sessions().size() == 1);
  const Json session = service.sessions().front();
  CHECK(session.at("id") == used.front());
  CHECK(session.at("mode") == "batch");
  CHECK(session.at("max_ttl") == 600);
  CHECK(session.at("accepting_jobs") == false);

  // What is done already needs no session.
  CHECK(client.start({"train", "--resume", "run", "--json"})->wait().exit_code == 0);
  CHECK(service.sessions().size() == 1);
}

TEST_CASE("a session that the user has opened is used and stays open") {
  EmulatedCloud cloud;
  const Service service(cloud);
  const std::string id = service.open_session();
  auto backend = cloud.connect("ibm", {{"session", id}}).value();
  CHECK(count_of(run_in_cloud(cloud, *backend, flip(5)).value()[0], "10") == 5);
  backend.reset();
  CHECK(service.sessions_of_jobs() == std::vector{id});
  CHECK(service.session(id).at("accepting_jobs") == true);
  CHECK(service.sessions().size() == 1);
}

TEST_CASE("when a session is over before the run, the next job goes into another one") {
  EmulatedCloud cloud;
  const Service service(cloud);
  auto backend = cloud.connect("ibm", in_a_batch).value();
  REQUIRE(run_in_cloud(cloud, *backend, flip(5), "first").has_value());
  service.end_session(service.sessions_of_jobs().at(0));
  for (const std::string name : {"second", "third"}) REQUIRE(run_in_cloud(cloud, *backend, flip(5), name).has_value());
  const std::vector<std::string> used = service.sessions_of_jobs();
  REQUIRE(used.size() == 3);
  CHECK(used[0] != used[1]);
  CHECK(used[1] == used[2]);
  CHECK(service.sessions().size() == 2);
  backend.reset();
  CHECK(service.session(used[2]).at("accepting_jobs") == false);
}

TEST_CASE("jobs that wait when the backend ends still run in their session") {
  const EmulatedCloud cloud("", {.queue = std::chrono::milliseconds(200)});
  const Service service(cloud);
  auto backend = cloud.connect("ibm", in_a_batch).value();
  const JobShape shape = backend->forecast(flip(5)).value().shape;
  const JobId job = backend->submit(flip(5), "a-token").value();
  backend = cloud.connect("ibm", in_a_batch).value();
  REQUIRE(service.sessions().size() == 1);
  CHECK(service.sessions().front().at("accepting_jobs") == false);
  CHECK(service.sessions().front().at("state") != "closed");
  Result<ShotTable> outcomes = backend->fetch(job, shape);
  for (int i = 0; i < 2000 && !outcomes && outcomes.error().retryable; ++i) outcomes = backend->fetch(job, shape);
  REQUIRE(outcomes.has_value());
  CHECK(count_of((*outcomes)[0], "10") == 5);
  backend.reset();
  CHECK(service.sessions().size() == 1);  // who only collects opens none
}

TEST_CASE("after Ctrl-C the session takes no more jobs, and what waits in it is collected later") {
  const EmulatedCloud cloud("", {.queue = std::chrono::milliseconds(200)});
  const BatchCommand client(cloud);
  const Service service(cloud);
  const auto process = client.start_training({"--out", "run", "--on-interrupt", "leave", "--iterations", "1"});
  wait_for_jobs(cloud, 1);
  process->send(SIGINT);
  CHECK_THAT(process->wait().err, Contains("Left running"));
  REQUIRE(service.sessions().size() == 1);
  CHECK(service.sessions().front().at("accepting_jobs") == false);
  const test::Outcome resumed = client.start({"train", "--resume", "run", "--json"})->wait();
  CAPTURE(resumed.err);
  CHECK(resumed.exit_code == 0);
  const std::vector<std::string> used = service.sessions_of_jobs();
  CHECK(std::count(used.begin(), used.end(), used.front()) == 1);
  CHECK(std::set<std::string>(used.begin(), used.end()).size() == 2);
}

TEST_CASE("a training that is killed goes on in another session, and pays for nothing twice") {
  const EmulatedCloud cloud;
  const BatchCommand client(cloud);
  const Service service(cloud);
  const auto killed = client.start_training({"--out", "run"});
  wait_for_jobs(cloud, 2);
  killed->send(SIGKILL);
  CHECK(killed->wait().exit_code == -SIGKILL);
  REQUIRE(service.sessions().size() == 1);
  CHECK(service.sessions().front().at("accepting_jobs") == true);

  const test::Outcome resumed = client.start({"train", "--resume", "run", "--json"})->wait();
  CAPTURE(resumed.err);
  REQUIRE(resumed.exit_code == 0);
  const test::Outcome undisturbed = client.start_training({"--out", "whole"})->wait();
  REQUIRE(undisturbed.exit_code == 0);
  const std::vector<std::string> used = service.sessions_of_jobs();
  CHECK(used.size() % 2 == 0);  // as many in two pieces as in one
  CHECK(std::count(used.begin(), used.end(), used.back()) == static_cast<std::ptrdiff_t>(used.size() / 2));
  CHECK(std::set<std::string>(used.begin(), used.end()).size() == 3);
}

TEST_CASE("every fault of the opening of a session is got over, and nothing is paid twice") {
  const std::string fault = GENERATE(as<std::string>(), "action = \"drop_before\"", "action = \"drop_after\"",
                                     "action = \"status\"\nstatus = 429", "action = \"status\"\nstatus = 500",
                                     "action = \"status\"\nstatus = 503\nretry_after = 0", "action = \"truncate\"",
                                     "action = \"malformed\"", "action = \"expire_token\"", "action = \"slow\"");
  CAPTURE(fault);
  EmulatedCloud cloud("[[fault]]\nprovider = \"ibm\"\ncall = \"other\"\nnth = 1\n" + fault + "\n");
  BackendOptions options = in_a_batch;
  options["timeout"] = "0.6";
  auto backend = cloud.connect("ibm", options).value();
  const auto table = run_in_cloud(cloud, *backend, flip(8));
  CAPTURE(table ? "" : describe(table.error()));
  REQUIRE(table.has_value());
  CHECK(count_of((*table)[0], "10") == 8);
  CHECK(cloud.accepted("ibm") == 1);
  backend.reset();
  const Service service(cloud);
  CHECK(service.sessions().size() <= 2);
  CHECK(service.session(service.sessions_of_jobs().at(0)).at("accepting_jobs") == false);
}

TEST_CASE("a provider without sessions does not know the option") {
  const EmulatedCloud cloud;
  for (const std::string provider : {"ionq", "qbraid", "braket"}) {
    const auto backend = cloud.connect(provider, {{"session", "batch"}});
    REQUIRE_FALSE(backend.has_value());
    CHECK_THAT(backend.error().message, Contains("session"));
  }
  CHECK_THAT(describe(cloud.connect("ibm", {{"session", "bathc"}}).error()), Contains("batch or dedicated"));
}

}  // namespace
}  // namespace bornite
