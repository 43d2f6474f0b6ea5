#include "bornite/train/warm_start.hpp"

#include <fstream>

#include "bornite/network/table_cost.hpp"
#include "bornite/statevector/statevector_backend.hpp"
#include "bornite/train/angles.hpp"
#include "bornite/train/trainer.hpp"
#include "bornite/util/file.hpp"
#include "catch.hpp"
#include "random_problem.hpp"
#include "temporary_directory.hpp"

using namespace bornite;
using namespace bornite::test;

namespace {

constexpr std::size_t qubits = 4;
constexpr std::size_t parameters = 2 * qubits * 2;

Problem random_problem() {
  return {.name = "table:random",
          .costs = std::make_shared<TableCost>(random_costs(qubits, 3)),
          .encoding = {},
          .data = {}};
}

TrainingSettings settings_of(std::size_t restarts, std::size_t iterations) {
  TrainingSettings settings{.circuit = {AnsatzKind::brickwork, 2}, .objective = {.prior = Prior::uniform(qubits)}};
  settings.optimizer.iterations = iterations;
  settings.optimizer.stream.seed = settings.seed = 5;
  settings.restarts = restarts;
  return settings;
}

TrainingResult train(const TrainingSettings& settings, const std::filesystem::path& folder) {
  const Problem problem = random_problem();
  StatevectorBackend backend;
  RunDirectory directory = RunDirectory::create(folder, "settings = 1\n", 0).value();
  return Trainer::create(problem, settings, backend).value().run(&directory).value();
}

/// The objective at the first evaluation of each restart.
std::vector<double> first_objectives(const TrainingSettings& settings) {
  const Problem problem = random_problem();
  StatevectorBackend backend;
  std::vector<double> first(settings.restarts);
  const TrainingHooks hooks{.on_progress = [&](const TrainingProgress& p) {
    if (p.step == 0) first[p.restart] = p.terms.value;
  }};
  static_cast<void>(Trainer::create(problem, settings, backend).value().run(nullptr, hooks).value());
  return first;
}

}  // namespace

TEST_CASE("restarts of a warm start begin where those of the run ended, the best first, round and round") {
  const TemporaryDirectory folder;
  const TrainingResult before = train(settings_of(4, 12), folder.path() / "run");
  std::vector<double> ended;
  for (const RestartResult& restart : before.restarts) ended.push_back(restart.final_terms.value);
  REQUIRE(std::ranges::is_sorted(ended) == false);  // else the order below shows nothing
  std::ranges::sort(ended);

  TrainingSettings settings = settings_of(6, 2);
  settings.init = folder.path() / "run";
  const std::vector<double> begun = first_objectives(settings);
  for (std::size_t restart = 0; restart < 6; ++restart)
    CHECK(begun[restart] == Approx(ended[restart % 4]).epsilon(1e-13));
}

TEST_CASE("a run keeps the angles that it began with") {
  const TemporaryDirectory folder;
  const auto angles = folder.path() / "mine.txt";
  const ParameterRows rows(1, parameters, random_angles(parameters, 8));
  std::ofstream(angles) << format_angles(rows);
  TrainingSettings settings = settings_of(2, 2);
  settings.init = angles;
  train(settings, folder.path() / "run");
  CHECK(*read_file(folder.path() / "run" / RunDirectory::start_file) == format_angles(rows));
}

TEST_CASE("a run that does not fit, is not finished or is none is refused") {
  const TemporaryDirectory folder;
  train(settings_of(1, 2), folder.path() / "run");
  const auto load = [&](const std::string& name, CircuitSettings circuit, std::size_t bits) {
    return load_warm_start(folder.path() / name, circuit, bits, parameters);
  };
  const CircuitSettings right{AnsatzKind::brickwork, 2};
  CHECK(load("run", right, qubits));
  CHECK_THAT(load("run", {AnsatzKind::ring, 2}, qubits).error().message, Catch::Contains("ring of depth 2"));
  CHECK_THAT(load("run", {AnsatzKind::brickwork, 3}, qubits).error().message, Catch::Contains("of depth 3"));
  CHECK_THAT(load("run", right, 5).error().message, Catch::Contains("on 5 qubits"));
  CHECK_FALSE(load("nowhere", right, qubits));

  std::filesystem::create_directory(folder.path() / "begun");
  CHECK_THAT(load("begun", right, qubits).error().message, Catch::Contains("no finished training"));
  std::ofstream(folder.path() / "begun" / "result.json") << "{\"ansatz\": 3}";
  CHECK_THAT(load("begun", right, qubits).error().message, Catch::Contains("is not the result of a training"));
}
