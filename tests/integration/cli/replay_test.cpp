// Trainings from shots that are recorded, and the same trainings from their records.

#include "program.hpp"

using namespace bornite::test;

namespace {

std::vector<std::string> shot_training(std::vector<std::string> more = {}) {
  std::vector<std::string> arguments{
      "train",        "--problem", "table:costs.txt", "--objective", "selbo",      "--depth", "2", "--shots", "100",
      "--iterations", "10",        "--seed",          "3",           "--restarts", "2"};
  arguments.insert(arguments.end(), more.begin(), more.end());
  return arguments;
}

Json without_backend(Json result) {
  result.erase("backend");
  return timeless(result);
}

}  // namespace

TEST_CASE("a recorded training has the same result again from its record, and costs nothing to resume") {
  const Program program;
  program.write("costs.txt", cost_lines(4));
  const Json recorded = program.run_json(shot_training({"--record", "--out", "recorded"}));
  CHECK(without_backend(program.run_json(shot_training())) == without_backend(recorded));
  const Json replayed = program.run_json({"train", "recorded/config.toml", "--backend", "replay:recorded"});
  CHECK(replayed["backend"] == "replay:recorded");
  CHECK(without_backend(replayed) == without_backend(recorded));
  CHECK(program.read("recorded/angles.txt") == program.read("runs/table-selbo-2/angles.txt"));
}

TEST_CASE("a step that was not recorded is named, and so is what cannot be recorded") {
  const Program program;
  program.write("costs.txt", cost_lines(4));
  program.run_json(shot_training({"--record", "--out", "recorded"}));
  const Outcome longer = program.run(shot_training({"--backend", "replay:recorded", "--iterations", "12"}));
  CHECK(longer.exit_code == 1);
  CHECK(longer.err.find("restart 0, step 10 ") != std::string::npos);
  const Outcome exact = program.run(shot_training({"--record", "--shots", "0"}));
  CHECK(exact.exit_code == 2);
  CHECK(exact.err.find("--shots") != std::string::npos);
  const Outcome nothing = program.run(shot_training({"--backend", "replay"}));
  CHECK(nothing.exit_code == 2);
  CHECK(nothing.err.find("replay:runs/") != std::string::npos);
}

TEST_CASE("a training starts from a finished one, and resumes without it") {
  const Program program;
  program.write("costs.txt", cost_lines(4));
  program.run_json(shot_training({"--shots", "0", "--out", "exact"}));
  const std::vector<std::string> warm = shot_training({"--init", "exact", "--out", "warm"});
  const Json result = program.run_json(warm);
  program.run_json(shot_training({"--init", "exact", "--out", "again"}));
  std::filesystem::remove_all(program.folder() / "exact");
  std::filesystem::remove(program.folder() / "again/result.json");
  CHECK(timeless(program.run_json({"train", "--resume", "again"})) == timeless(result));
  CHECK(program.run(shot_training({"--init", "exact"})).exit_code == 1);
}
