// The noise study of a trained run, and trainings on the backend noisy.

#include "program.hpp"

using namespace bornite::test;

namespace {

std::vector<std::string> training(std::vector<std::string> more) {
  std::vector<std::string> arguments{"train",   "--problem", "table:costs.txt", "--objective", "mle",
                                     "--depth", "2",         "--iterations",    "60",          "--seed",
                                     "3"};
  arguments.insert(arguments.end(), more.begin(), more.end());
  return arguments;
}

}  // namespace

TEST_CASE("the mean cost of a trained circuit rises with the noise, and the best network stays") {
  const Program program;
  program.write("costs.txt", cost_lines(5));
  program.run_json(training({"--out", "run"}));
  const Json study = program.run_json({"noise", "run", "--scale", "0,2,10", "--shots", "500", "--repeats", "8"});
  const Json& levels = study["levels"];
  REQUIRE(levels.size() == 3);
  const double exact = study["mean_cost_without_noise"];
  CHECK(std::abs(levels[0]["mean_cost"].get<double>() - exact) <=
        5 * levels[0]["mean_cost_standard_error"].get<double>() + 1e-12);
  CHECK(levels[1]["mean_cost"] > levels[0]["mean_cost"]);
  CHECK(levels[2]["mean_cost"] > levels[1]["mean_cost"]);
  CHECK(levels[2]["lowest_cost"] == study["lowest_cost_of_all_networks"]);
  CHECK(program.run_json({"noise", "run", "--scale", "0,2,10", "--shots", "500", "--repeats", "8"}) == study);

  const Outcome text = program.run({"noise", "run", "--scale", "1"});
  CHECK(text.exit_code == 0);
  CHECK(text.out.find("more than without noise") != std::string::npos);
  const Outcome negative = program.run({"noise", "run", "--scale", "-1"});
  CHECK(negative.exit_code == 2);
  CHECK(negative.err.find("-1") != std::string::npos);
  CHECK(program.run({"noise", "nothing"}).exit_code == 1);
}

TEST_CASE("a circuit trains on the backend noisy, which has shots alone, with the same result for any threads") {
  const Program program;
  program.write("costs.txt", cost_lines(4));
  const std::vector<std::string> noisy{"--objective", "selbo",     "--shots",      "200",
                                       "--backend",   "noisy:f=2", "--iterations", "8"};
  auto with = [&](std::vector<std::string> more) {
    std::vector<std::string> all = noisy;
    all.insert(all.end(), more.begin(), more.end());
    return training(all);
  };
  const Json result = program.run_json(with({"--out", "one"}));
  CHECK(result["backend"] == "noisy:f=2");
  CHECK(timeless(program.run_json(with({"--threads", "1", "--out", "two"}))) == timeless(result));
  const Outcome elbo = program.run(with({"--objective", "elbo", "--set", "objective.beta=1e-3"}));
  CHECK(elbo.exit_code != 0);
  CHECK(elbo.err.find("selbo") != std::string::npos);
  const Outcome unknown = program.run({"sample", "--qubits", "2", "--backend", "noisy:f=2", "--backend-option", "g=1"});
  CHECK(unknown.exit_code == 2);
  CHECK(unknown.err.find("'g'") != std::string::npos);
}
