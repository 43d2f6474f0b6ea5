// Training from the command line, and what it leaves behind.

#include <algorithm>
#include <thread>

#include "program.hpp"

using namespace bornite::test;

namespace {

std::vector<std::string> small_training(std::vector<std::string> more = {}) {
  std::vector<std::string> arguments{
      "train",       "--problem", "table:costs.txt",     "--objective", "selbo",      "--depth", "3",
      "--optimizer", "adam",      "--iterations",        "40",          "--restarts", "2",       "--seed",
      "3",           "--set",     "objective.lambda=0.1"};
  arguments.insert(arguments.end(), more.begin(), more.end());
  return arguments;
}

std::size_t line_count(const std::string& text) { return static_cast<std::size_t>(std::ranges::count(text, '\n')); }

}  // namespace

TEST_CASE("a training leaves a folder with all settings, a line per step, angles and the result") {
  const Program program;
  program.write("costs.txt", cost_lines(5));
  const Json result = program.run_json(small_training());
  CHECK(result["run_directory"] == "runs/table-selbo-1");
  for (const char* key :
       {"problem", "objective", "backend", "ansatz", "depth", "qubits", "parameters", "seed", "version"})
    CHECK(result.contains(key));
  CHECK(result["qubits"] == 5);
  CHECK(result["parameters"] == 30);
  REQUIRE(result["restarts"].size() == 2);
  for (const Json& restart : result["restarts"]) {
    for (const char* key : {"final_objective", "expected_cost", "iterations", "stop_reason", "seconds", "mmd2"})
      CHECK(restart.contains(key));
    CHECK(restart["best"]["bits"].get<std::string>().size() == 5);
    CHECK(restart["most_probable"].contains("probability"));
    CHECK(restart["best"]["cost"] >= restart["optimum"]["cost"]);
  }
  const Json written = Json::parse(program.read("runs/table-selbo-1/result.json"));
  CHECK(timeless(written) == timeless(result));

  const std::string metrics = program.read("runs/table-selbo-1/metrics.jsonl");
  CHECK(line_count(metrics) == 2 * 41);
  const Json line = Json::parse(metrics.substr(0, metrics.find('\n')));
  for (const char* key :
       {"restart", "step", "objective", "expected_cost", "mmd2", "grad_norm", "seconds", "jobs", "shots"})
    CHECK(line.contains(key));
  CHECK(line_count(program.read("runs/table-selbo-1/angles.txt")) == 2);
  CHECK(program.exists("runs/table-selbo-1/checkpoint"));
}

TEST_CASE("the written settings reproduce the run, and the table is for people") {
  const Program program;
  program.write("costs.txt", cost_lines(5));
  const Json first = program.run_json(small_training({"--out", "a"}));
  const Json again = program.run_json({"train", "a/config.toml", "--out", "b"});
  CHECK(timeless(first) == timeless(again));
  CHECK(program.read("a/config.toml") == program.read("b/config.toml"));
  CHECK(program.run({"train", "a/config.toml", "--out", "a"}).err.find("--resume") != std::string::npos);
  const Outcome table = program.run({"train", "a/config.toml"});
  CHECK(table.out.find("expected cost") != std::string::npos);
  CHECK(table.out.find("Run directory: runs/table-selbo-1") != std::string::npos);
}

TEST_CASE("one thread and two give the same result bit for bit, exactly and from shots") {
  const Program program;
  program.write("costs.txt", cost_lines(5));
  for (const std::string shots : {"0", "100"}) {
    const Json one = program.run_json(small_training({"--shots", shots, "--threads", "1"}));
    const Json two = program.run_json(small_training({"--shots", shots, "--threads", "2"}));
    CHECK(timeless(one) == timeless(two));
  }
}

TEST_CASE("a training that is interrupted or killed continues to the result of an undisturbed one") {
  const Program program;
  program.write("costs.txt", cost_lines(9));
  std::vector<std::string> arguments = small_training();
  std::ranges::replace(arguments, std::string("40"), std::string("2000"));
  arguments.insert(arguments.end(), {"--out", "undisturbed"});
  const Json expected = timeless(program.run_json(arguments));
  for (const int signal : {SIGINT, SIGTERM, SIGKILL}) {
    const std::string folder = "stopped-" + std::to_string(signal);
    arguments.back() = folder;
    {
      Process process(program.command(arguments), program.folder());
      for (int wait = 0; wait < 20'000 && program.read(folder + "/metrics.jsonl").size() < 4000; ++wait)
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
      process.send(signal);
      const Outcome outcome = process.wait();
      INFO(outcome.err);
      REQUIRE(outcome.exit_code == (signal == SIGKILL ? -SIGKILL : 1));
      if (signal != SIGKILL) CHECK(outcome.err.find("--resume " + folder) != std::string::npos);
    }
    REQUIRE_FALSE(program.exists(folder + "/result.json"));
    CHECK(timeless(program.run_json({"train", "--resume", folder})) == expected);
    CHECK(line_count(program.read(folder + "/metrics.jsonl")) == line_count(program.read("undisturbed/metrics.jsonl")));
  }
}

TEST_CASE("a dry run says what a training takes and writes nothing") {
  const Program program;
  program.write("costs.txt", cost_lines(5));
  const Json plan = program.run_json(small_training({"--shots", "100", "--dry-run"}));
  CHECK(plan["parameters"] == 30);
  CHECK(plan["evaluations"] == 2 * 41);
  // Of the 5 qubits' angles those of the last rz move no probability.
  REQUIRE(plan["requests"].size() == 3);
  CHECK(plan["requests"][0]["times"] == 2 * 41);
  CHECK(plan["requests"][0]["circuits"] == 1 + 2 * (30 - 5));
  CHECK(plan["requests"][0]["once"]["shots"] == 51 * 100);
  CHECK(plan["total"]["shots"] == 2 * 41 * 51 * 100 + 2 * (100 + 1024));
  CHECK(plan["total"]["jobs"] == 2 * (41 + 2));
  CHECK(program.run(small_training({"--dry-run"})).out.find("Nothing was run") == 0);
  CHECK_FALSE(program.exists("runs"));
}
