// What the command says when it is asked for help or asked wrongly.

#include <algorithm>

#include "program.hpp"

using namespace bornite::test;

namespace {

const std::vector<std::string> subcommands{"train",   "evaluate", "predict",  "sample", "cost-table", "export",
                                           "compile", "problems", "backends", "doctor", "version"};

struct Refusal {
  std::vector<std::string> arguments;
  int exit_code;
  std::vector<std::string> mentions;
};

}  // namespace

TEST_CASE("every subcommand has a help text with examples") {
  const Program program;
  CHECK(program.run({"--help"}).out.find("Examples:") != std::string::npos);
  for (const std::string& subcommand : subcommands) {
    const Outcome help = program.run({subcommand, "--help"});
    CHECK(help.exit_code == 0);
    CHECK(help.err.empty());
    CHECK(help.out.find("--json") != std::string::npos);
    CHECK(help.out.find("Examples:\n  bornite " + subcommand) != std::string::npos);
  }
}

TEST_CASE("wrong usage ends with 2, failures end with 1, and both name the value, its source and what to do") {
  const Program program;
  program.write("bad.toml", "problem = \"mnist01\"\n[optimizer]\nlearning_rat = 0.1\n");
  program.write("broken.toml", "problem = \n");
  program.write("costs.txt", "1\n2\n3\n");
  program.write("infinite.txt", "1\ninf\n");
  program.write("data.csv", "1,2,0\n3,nan,1\n");
  program.write("data.toml", "[data]\ntrain = \"data.csv\"\n");
  program.write("angles.txt", "1 2 3\n");
  program.write("good.txt", cost_lines(2));
  program.write("one.txt", "1\n");
  program.write("semicolons.csv", "1;2;0\n3;4;1\n");
  program.write("fine.csv", "1,2,0\n3,4,1\n");
  program.write("named.toml", "problem = \"mnist01\"\n[data]\ntrain = \"fine.csv\"\n");
  program.write("both.toml", "[data]\ntrain = \"fine.csv\"\ntest = \"fine.csv\"\ntest_fraction = 0.5\n");
  const std::vector<Refusal> refusals{
      {{}, 2, {"subcommand"}},
      {{"train", "--no-such-flag"}, 2, {"--no-such-flag"}},
      {{"no-such-command"}, 2, {"no-such-command"}},
      {{"train", "bad.toml"}, 2, {"optimizer.learning_rat", "bad.toml:3", "Did you mean \"optimizer.learning_rate\"?"}},
      {{"train", "broken.toml"}, 2, {"broken.toml:1"}},
      {{"train", "none.toml"}, 1, {"none.toml", "No such file"}},
      {{"train", "--problem", "mnist02"}, 2, {"mnist02", "--problem", "mnist01"}},
      {{"train", "--depth", "0"}, 2, {"circuit.depth", "--depth"}},
      {{"train", "--depth", "two"}, 2, {"circuit.depth", "two", "--depth"}},
      {{"train", "--ansatz", "star"}, 2, {"star", "--ansatz", "brickwork"}},
      {{"train", "--objective", "vae"}, 2, {"vae", "selbo"}},
      {{"train", "--optimizer", "sgd"}, 2, {"sgd", "lbfgs"}},
      {{"train", "--backend", "nowhere"}, 2, {"nowhere", "statevector"}},
      {{"train", "--set", "network.values=[1]"}, 2, {"network.values", "--set"}},
      {{"train", "--set", "no-equals"}, 2, {"no-equals", "="}},
      {{"train", "--set", "no.such.key=1"}, 2, {"no.such.key", "--set"}},
      {{"train", "--set", "objective.gamma=nan"}, 2, {"objective.gamma"}},
      {{"train", "--set", "prior.kind=bernoulli", "--set", "prior.probability=1.5"}, 2, {"prior.probability", "1.5"}},
      {{"train", "--set", "warmup.alphas=[0.1,0]"}, 2, {"warmup.alphas", "--set", "above 0"}},
      {{"train", "--set", "objective.alpha=0"}, 2, {"objective.alpha", "above 0"}},
      {{"train", "--objective", "cvar", "--shots", "9"}, 1, {"0.1 of 9 shots"}},
      {{"train", "--objective", "elbo", "--shots", "10"}, 1, {"elbo", "selbo"}},
      {{"train", "--problem", "table:costs.txt"}, 1, {"costs.txt", "3"}},
      {{"train", "--problem", "table:infinite.txt"}, 1, {"infinite.txt", "2"}},
      {{"train", "--problem", "table:none.txt"}, 1, {"none.txt"}},
      {{"train", "--problem", "table:good.txt", "--objective", "elbo"}, 2, {"objective.beta"}},
      {{"train", "data.toml"}, 1, {"data.csv:2"}},
      {{"train", "--resume", "nowhere"}, 1, {"nowhere"}},
      {{"train", "--resume", "nowhere", "--seed", "1"}, 2, {"--resume"}},
      {{"train", "--problem", "table:good.txt", "--out", "/proc/nowhere"}, 1, {"/proc/nowhere", "--out"}},
      {{"cost-table", "--problem", "gaussian2d", "--set", "network.hidden=[9]"}, 1, {"2^", "GiB"}},
      {{"evaluate", "--problem", "table:good.txt", "--depth", "1", "--theta", "angles.txt"},
       1,
       {"angles.txt:1", "3", "4"}},
      {{"evaluate", "--problem", "table:good.txt"}, 2, {"--theta"}},
      {{"train", "--resume", ""}, 2, {"--resume", "empty"}},
      {{"train", "--out", ""}, 2, {"--out", "empty"}},
      {{"train", "--threads", "-1"}, 2, {"--threads", "-1", "4096"}},
      {{"train", "--seed", "9223372036854775808"}, 2, {"seed", "9223372036854775808", "2^63"}},
      {{"train", "--set", "objective.beta=-1"}, 2, {"objective.beta", "finite number of at least 0"}},
      {{"train", "--set", "network.loss=mae"}, 2, {"network.loss", "mae", "--set", "zero_one"}},
      {{"train", "--set", "network.output=many"}, 2, {"network.output", "many", "--set", "softmax"}},
      {{"train", "--set", "network.hidden=[0]"}, 2, {"network.hidden", "--set", "[8, 4]"}},
      {{"train", "--problem", "table:good.txt", "--objective", "selbo", "--shots", "1"}, 1, {"at least 2"}},
      {{"train", "--problem", "table:one.txt"}, 1, {"one.txt", "1 costs"}},
      {{"train", "named.toml"}, 2, {"problem", "mnist01", "named.toml:1", "data.train"}},
      {{"train", "both.toml"}, 2, {"data.test_fraction", "both.toml:4", "data.test"}},
      {{"train", "--set", "data.train=semicolons.csv"}, 1, {"semicolons.csv:1", "data.delimiter"}},
      {{"train", "--set", "data.train=semicolons.csv", "--set", "data.delimiter=;;"}, 2, {"data.delimiter", ";;"}},
      {{"cost-table", "--problem", "table:good.txt", "--best", "-1"}, 2, {"--best", "-1"}},
      {{"sample", "--qubits", "1000000", "--depth", "100000"}, 1, {"1000000", "statevector"}},
      {{"sample", "--qubits", "2", "--most", "-1"}, 2, {"--most", "-1"}},
      {{"predict", "nowhere", "--restart", "-1"}, 2, {"--restart", "-1"}},
      {{"sample", "--qubits", "0"}, 2, {"--qubits"}},
      {{"sample", "--qubits", "60"}, 1, {"60"}},
      {{"sample", "--ansatz", "linear", "--qubits", "40"}, 1, {"connect 40", "16384 GiB"}},
      {{"predict", "nowhere"}, 1, {"nowhere"}},
  };
  for (const Refusal& refusal : refusals) {
    std::string line = "bornite";
    for (const std::string& argument : refusal.arguments) line += ' ' + argument;
    const Outcome outcome = program.run(refusal.arguments);
    INFO(line << '\n' << outcome.err << outcome.out);
    CHECK(outcome.exit_code == refusal.exit_code);
    CHECK(outcome.out.empty());
    for (const std::string& mention : refusal.mentions) CHECK(outcome.err.find(mention) != std::string::npos);
  }
  CHECK_FALSE(program.exists("runs"));
}

TEST_CASE("with --json an error is a JSON document too") {
  const Program program;
  const Json usage = Json::parse(program.run({"train", "--json", "--no-such-flag"}).out, nullptr, false);
  REQUIRE_FALSE(usage.is_discarded());
  CHECK(usage["error"]["kind"] == "usage");
  const Outcome outcome = program.run({"train", "--problem", "mnist02", "--json"});
  CHECK(outcome.exit_code == 2);
  const Json document = Json::parse(outcome.out, nullptr, false);
  REQUIRE_FALSE(document.is_discarded());
  CHECK(document["error"]["kind"] == "configuration");
  CHECK(document["error"]["message"].get<std::string>().find("mnist02") != std::string::npos);
}

TEST_CASE("the help of train names every setting of a run") {
  const Program program;
  program.write("data.csv", "1,2,0\n3,4,1\n");
  program.write("data.toml", "[data]\ntrain = \"data.csv\"\ntest = \"data.csv\"\n[circuit]\ndepth = 1\n");
  REQUIRE(program.run({"train", "data.toml", "--iterations", "1", "--out", "run"}).exit_code == 0);
  const std::string help = program.run({"train", "--help"}).out;
  std::istringstream config(program.read("run/config.toml"));
  std::string section;
  std::size_t keys = 0;
  for (std::string line; std::getline(config, line);) {
    if (line.starts_with('[')) section = line.substr(1, line.size() - 2) + '.';
    const std::size_t equals = line.find(" = ");
    if (line.starts_with('[') || equals == std::string::npos) continue;
    const std::string key = section + line.substr(0, equals);
    INFO(key);
    CHECK(help.find(key) != std::string::npos);
    ++keys;
  }
  CHECK(keys > 40);
}

TEST_CASE("columns may be separated by other characters than commas") {
  const Program program;
  program.write("semicolons.csv", "1;2;0\n3;4;1\n");
  program.write("tabs.csv", "1\t2\t0\n3\t4\t1\n");
  for (const std::string file : {"semicolons", "tabs"})
    CHECK(program.run_json({"problems", "--set", "data.train=" + file + ".csv", "--set",
                            file == "tabs" ? "data.delimiter=\"\\t\"" : "data.delimiter=;"})["qubits"] == 3);
}

TEST_CASE("of a flag given twice the last one counts") {
  const Program program;
  const Json plan = program.run_json({"train", "--dry-run", "--iterations", "5", "--iterations", "7"});
  CHECK(plan["evaluations"] == 8);
}

TEST_CASE("commands that only tell something do so in words and in JSON") {
  const Program program;
  CHECK(program.run_json({"version"})["version"].get<std::string>().find('.') != std::string::npos);
  CHECK(program.run({"version"}).out.find("bornite") == 0);
  CHECK(program.run_json({"problems"}).size() >= 3);
  CHECK(program.run({"problems"}).out.find("mnist01") != std::string::npos);
  const Json mnist37 = program.run_json({"problems", "--problem", "mnist37"});
  CHECK(mnist37["qubits"] == 19);
  CHECK(mnist37["train_rows"] == 12396);
  CHECK(mnist37["parameters"].size() == 19);
  CHECK(mnist37["parameters"][17]["name"] == "values[0]");
  const Json backends = program.run_json({"backends"});
  CHECK(std::any_of(backends.begin(), backends.end(), [](const Json& each) { return each["name"] == "statevector"; }));
  CHECK(program.run({"backends"}).out.find("statevector") != std::string::npos);
  const Json machine = program.run_json({"doctor"});
  CHECK(machine["statevector_qubits"] <= 32);
  CHECK(machine["statevector_qubits"] >= machine["statevector_exact_qubits"]);
  const Json& names = machine["backends"];
  CHECK(std::find(names.begin(), names.end(), "statevector") != names.end());
  CHECK(program.run({"doctor"}).out.find("statevector") != std::string::npos);
}
