// The other subcommands: tables, states, predictions and samples.

#include "program.hpp"

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
