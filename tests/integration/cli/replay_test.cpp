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

TEST_CASE("a training whose budget is used up stops at a checkpoint, and goes on with a larger one") {
  const Program program;
  program.write("costs.txt", cost_lines(4));
  const Json undisturbed = program.run_json(shot_training({"--record", "--out", "whole"}));
  const Outcome stopped = program.run(shot_training({"--record", "--out", "short", "--budget-jobs", "9"}));
  CHECK(stopped.exit_code == 1);
  CHECK(stopped.err.find("budget of 9 jobs") != std::string::npos);
  CHECK(stopped.err.find("train --resume short") != std::string::npos);
  const Outcome again = program.run({"train", "--resume", "short", "--budget-jobs", "9"});
  CHECK(again.err.find("budget of 9 jobs") != std::string::npos);
  CHECK(timeless(program.run_json({"train", "--resume", "short"})) == timeless(undisturbed));
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

TEST_CASE("the shots of a run are compared with what the simulator predicts, as far as they go") {
  const Program program;
  program.write("costs.txt", cost_lines(4));
  program.run_json(shot_training({"--record", "--out", "run"}));
  const Json steps = program.run_json({"compare", "run"});
  REQUIRE(steps.size() == 2 * (11 + 2));  // each evaluation of 10 steps, and two requests after the last
  CHECK(steps[0]["restart"] == 0);
  CHECK(steps[0]["step"] == 0);
  CHECK(steps[12]["step"] == "end");
  CHECK(steps[13]["restart"] == 1);
  // They are the simulator's own, so what is left are 26 independent deviations.
  double distance = 0, expected = 0, pulls = 0;
  for (const Json& step : steps) {
    distance += step["total_variation"].get<double>();
    expected += step["mean_total_variation_of_perfect_shots"].get<double>();
    const double error = step["sampled_cost_standard_error"].get<double>();
    pulls += std::pow((step["sampled_cost"].get<double>() - step["expected_cost"].get<double>()) / error, 2);
  }
  CHECK(std::abs(distance / expected - 1) < 0.25);
  CHECK(pulls > 26 - 4 * std::sqrt(52.0));
  CHECK(pulls < 26 + 4 * std::sqrt(52.0));

  const Outcome table = program.run({"compare", "run", "--lines", "3"});
  CHECK(table.exit_code == 0);
  CHECK(std::count(table.out.begin(), table.out.end(), '\n') == 3 + 4);
  program.run_json(shot_training({"--shots", "0", "--out", "exact"}));
  const Outcome exact = program.run({"compare", "exact"});
  CHECK(exact.exit_code == 1);
  CHECK(exact.err.find("took no shots") != std::string::npos);
}

TEST_CASE("sixty qubits are trained from shots, recorded, and trained again from the record") {
  const Program program;
  std::string rows = "a,b,c,d,class\n";
  for (int r = 0; r < 40; ++r) {
    const int bits = (r * 37) % 16;
    for (int i = 0; i < 4; ++i) rows += ((bits >> i) & 1) != 0 ? "1," : "-1,";
    rows += (bits & 1) != 0 ? "1\n" : "0\n";
  }
  program.write("rows.csv", rows);
  program.write("wide.toml",
                "[data]\ntrain = \"rows.csv\"\n[network]\nhidden = [10]\nactivation = \"sign\"\n"
                "[circuit]\nansatz = \"product\"\ndepth = 1\n");
  const std::vector<std::string> train{"train",   "wide.toml", "--objective",  "selbo",
                                       "--shots", "64",        "--iterations", "6"};
  std::vector<std::string> recorded = train;
  recorded.insert(recorded.end(), {"--record", "--out", "recorded"});
  const Json result = program.run_json(recorded);
  CHECK(result["qubits"].get<int>() >= 60);
  const Json replayed = program.run_json({"train", "recorded/config.toml", "--backend", "replay:recorded"});
  CHECK(without_backend(replayed) == without_backend(result));
}
