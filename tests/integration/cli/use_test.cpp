// The other subcommands: tables, states, predictions and samples.

#include "program.hpp"

#include <algorithm>

using namespace bornite::test;

TEST_CASE("a cost table that is written out is the same problem when it is read back") {
  const Program program;
  const Json network = program.run_json({"cost-table", "--problem", "gaussian2d", "--set", "network.hidden=[1]",
                                         "--set", "data.train_rows=50", "--out", "costs.txt"});
  const Json table = program.run_json({"cost-table", "--problem", "table:costs.txt"});
  CHECK(network["qubits"] == 6);
  CHECK(table["minimum"] == network["minimum"]);
  CHECK(table["mean"] == network["mean"]);
  CHECK(table["best"] == network["best"]);
  CHECK(program.run({"cost-table", "--problem", "table:costs.txt"}).out.find("minimum") != std::string::npos);
}

TEST_CASE("the costs of mnist01 are those of the paper") {
  const Program program;
  const Json table = program.run_json({"cost-table", "--problem", "mnist01", "--set", "network.values=[-3,1]"});
  CHECK(table["minimum"].get<double>() == Approx(0.326852699).margin(1e-9));
  CHECK(table["within"][0]["strings"] == 1);
  CHECK(table["within"][1]["strings"] == 4);
  CHECK(table["within"][3]["strings"] == 28);
}

TEST_CASE("evaluating angles tells the mean cost and the strings of the state") {
  const Program program;
  program.write("costs.txt", "5\n6\n7\n8\n");
  // Ry(pi) on qubit 1: the string 01, index 2; then Ry(pi/2) on qubit 0: 00 and 10 with equal probability.
  program.write("angles.txt", "# Ry Ry Rz Rz\n0 3.141592653589793 0 0\n1.5707963267948966 0 0.3 0.4\n");
  const std::vector<std::string> command{"evaluate", "--problem", "table:costs.txt", "--ansatz",  "product",
                                         "--depth",  "1",         "--theta",         "angles.txt"};
  const Json rows = program.run_json(command)["rows"];
  REQUIRE(rows.size() == 2);
  CHECK(rows[0]["expected_cost"].get<double>() == Approx(7));
  CHECK(rows[0]["most_probable"]["bits"] == "01");
  CHECK(rows[0]["best"]["bits"] == "01");
  CHECK(rows[0]["best"]["cost"] == 7);
  CHECK(rows[1]["expected_cost"].get<double>() == Approx(5.5));
  CHECK(rows[1]["best"]["bits"] == "00");
  CHECK(rows[1]["entropy"].get<double>() == Approx(std::log(2.0)));
  CHECK(program.run(command).out.find("most probable") != std::string::npos);
}

TEST_CASE("a sample has as many shots as asked for, the same for the same seed") {
  const Program program;
  const std::vector<std::string> command{"sample", "--qubits", "5",    "--ansatz", "ring", "--depth",
                                         "2",      "--shots",  "1000", "--seed",   "1"};
  const Json first = program.run_json(command);
  std::uint64_t shots = 0;
  for (const auto& [bits, count] : first["rows"][0]["counts"].items()) {
    CHECK(bits.size() == 5);
    shots += count.get<std::uint64_t>();
  }
  CHECK(shots == 1000);
  CHECK(program.run_json(command) == first);
  CHECK(program.run(command).out.find("Row 0: 1000 shots") == 0);
}

TEST_CASE("data of one's own are trained on, predicted, and predicted again from a new file") {
  const Program program;
  std::string train = "length,width,kind\n";
  for (int i = 0; i < 60; ++i) {
    const double x = std::sin(i * 1.7), y = std::cos(i * 2.3);
    train += std::to_string(10 + 3 * x) + ',' + std::to_string(y) + ',' + (x + y > 0 ? "1" : "0") + '\n';
  }
  program.write("flowers.csv", train);
  program.write("new.csv", "length,width,kind\n13,1,1\n7,-1,0\n");
  program.write("flowers.toml",
                "[data]\ntrain = \"flowers.csv\"\ntarget = \"kind\"\ntest_fraction = 0.25\nsteps = [\"standardise\"]\n"
                "[network]\nhidden = [2]\nactivation = [\"relu\", \"tanh\"]\n"
                "[circuit]\ndepth = 2\n[optimizer]\nname = \"lbfgs\"\niterations = 60\n");
  const Json result = program.run_json({"train", "flowers.toml", "--restarts", "3", "--out", "run"});
  CHECK(result["qubits"] == 2 * 2 + 2 + 2 + 1 + 1);
  const Json& best = result["restarts"][result["best_restart"].get<std::size_t>()];
  CHECK(best["train"]["best"]["accuracy"].get<double>() > 0.8);
  CHECK(best["test"].contains("posterior_predictive"));
  CHECK(program.run_json({"predict", "run"}).size() == 15);
  for (const std::string network : {"posterior", "most_probable", "best"}) {
    const Json predictions = program.run_json({"predict", "run", "--data", "new.csv", "--network", network});
    REQUIRE(predictions.size() == 2);
    CHECK(predictions[0]["prediction"] == 1);
    CHECK(predictions[1]["prediction"] == 0);
  }
  CHECK(program.run({"predict", "run", "--data", "new.csv"}).out.find("row,prediction,probability\n0,1,") == 0);
}

TEST_CASE("the training data stay as they were when other data are predicted") {
  const Program program;
  std::string rows;
  for (int i = 0; i < 40; ++i) rows += std::to_string(i * i) + ',' + (i % 4 == 0 ? "0" : i > 25 ? "2" : "1") + '\n';
  program.write("data.csv", rows);
  program.write("data.toml",
                "[data]\ntrain = \"data.csv\"\ntest_fraction = 0.5\nsteps = [\"standardise\"]\n[circuit]\ndepth = 1\n");
  const Json result = program.run_json({"train", "data.toml", "--iterations", "5", "--out", "run"});
  const Json& scores = result["restarts"][0];
  const Json predictions = program.run_json({"predict", "run", "--data", "data.csv"});
  REQUIRE(predictions.size() == 40);
  double right = 0;
  for (int i = 0; i < 40; ++i) right += predictions[i]["prediction"] == (i % 4 == 0 ? 0 : i > 25 ? 2 : 1);
  CHECK(right / 20 == Approx(scores["train"]["posterior_predictive"]["accuracy"].get<double>() +
                             scores["test"]["posterior_predictive"]["accuracy"].get<double>()));
  // Outputs depend on the constants of the standardisation; those of the test half must not change with its neighbours.
  std::vector<Json> outputs;
  for (const Json& row : predictions) outputs.push_back(row["outputs"]);
  for (const Json& row : program.run_json({"predict", "run"}))
    CHECK(std::ranges::find(outputs, row["outputs"]) != outputs.end());
  CHECK(program.run({"predict", "run"}).out.find("row,prediction,probability_0,probability_1,probability_2\n") == 0);
}

TEST_CASE("evaluating the angles of a run draws what the training drew, and its settings describe the problem") {
  const Program program;
  program.write("costs.txt", cost_lines(6));
  const Json result =
      program.run_json({"train", "--problem", "table:costs.txt", "--shots", "64", "--set", "evaluation.shots=64",
                        "--restarts", "2", "--iterations", "3", "--seed", "4", "--out", "run"});
  const Json rows = program.run_json({"evaluate", "run/config.toml", "--theta", "run/angles.txt"})["rows"];
  REQUIRE(rows.size() == 2);
  for (std::size_t r = 0; r < 2; ++r)
    for (const char* key : {"expected_cost", "best", "most_probable"})
      CHECK(rows[r][key] == result["restarts"][r][key]);
  CHECK(program.run_json({"problems", "run/config.toml"})["qubits"] == 6);
  CHECK(program.run_json({"cost-table", "run/config.toml"})["qubits"] == 6);
}

TEST_CASE("a run that is not finished is told from a folder without one") {
  const Program program;
  std::filesystem::create_directory(program.folder() / "my run");
  CHECK(program.run({"predict", "my run"}).err.find("There is no run in my run") != std::string::npos);
  program.write("my run/config.toml", "");
  CHECK(program.run({"predict", "my run"}).err.find("bornite train --resume 'my run'") != std::string::npos);
}
