#include "bornite/train/trainer.hpp"

#include <algorithm>
#include <atomic>
#include <nlohmann/json.hpp>

#include "bornite/circuit/ansatz.hpp"
#include "bornite/inference/evidence.hpp"
#include "bornite/network/table_cost.hpp"
#include "bornite/statevector/statevector_backend.hpp"
#include "bornite/train/result_json.hpp"
#include "bornite/util/file.hpp"
#include "bornite/util/parallel.hpp"
#include "catch.hpp"
#include "random_problem.hpp"
#include "temporary_directory.hpp"

using namespace bornite;
using namespace bornite::test;

namespace {

constexpr std::size_t qubits = 5;

Problem random_problem() {
  return {.name = "table:random",
          .costs = std::make_shared<TableCost>(random_costs(qubits, 17)),
          .encoding = {},
          .data = {}};
}

TrainingSettings settings_of(const std::string& objective, const std::string& optimizer, std::size_t iterations) {
  TrainingSettings settings{.circuit = {AnsatzKind::brickwork, 3},
                            .objective = {.name = objective, .beta = 0.2, .prior = Prior::uniform(qubits)}};
  settings.optimizer.name = optimizer;
  settings.optimizer.iterations = iterations;
  settings.optimizer.stream.seed = settings.seed = 4;
  settings.restarts = 3;
  return settings;
}

/// The result as text, without the times.
std::string timeless(const Problem& problem, const TrainingSettings& settings, const TrainingResult& result) {
  auto json = nlohmann::ordered_json::parse(result_json(problem, settings, 30, result));
  for (auto& restart : json["restarts"]) restart.erase("seconds");
  return json.dump();
}

}  // namespace

TEST_CASE("training by maximum likelihood finds the best of all strings") {
  const Problem problem = random_problem();
  StatevectorBackend backend;
  const TrainingSettings settings = settings_of("mle", "lbfgs", 300);
  Trainer trainer = *Trainer::create(problem, settings, backend);
  const TrainingResult result = *trainer.run(nullptr);
  REQUIRE(result.restarts.size() == 3);
  const StateReport& best = result.restarts[result.best].state;
  CHECK(best.expected_cost - best.optimum->cost < 1e-6);
  CHECK(best.most_probable.bits.index() == best.optimum->bits.index());
  CHECK(best.best.cost == best.optimum->cost);
  for (const RestartResult& restart : result.restarts)
    CHECK(restart.final_terms.value >= result.restarts[result.best].final_terms.value);
}

TEST_CASE("training in floats comes as close to the optimum as in doubles, whatever is added to all costs") {
  const CostTable costs = random_costs(qubits, 17);
  std::vector<double> raised(costs.costs().begin(), costs.costs().end());
  for (double& cost : raised) cost += 1000;
  const Problem problem{.name = "table:raised",
                        .costs = std::make_shared<TableCost>(CostTable(qubits, std::move(raised))),
                        .encoding = {},
                        .data = {}};
  for (const Precision precision : {Precision::complex128, Precision::complex64}) {
    StatevectorBackend backend(precision);
    const TrainingSettings settings = settings_of("mle", "lbfgs", 300);
    const TrainingResult result = *Trainer::create(problem, settings, backend)->run(nullptr);
    const RestartResult& best = result.restarts[result.best];
    CHECK(best.final_terms.value - best.state.optimum->cost < 1e-6);
    CHECK(best.final_terms.value - best.state.optimum->cost > -1e-10);
  }
}

TEST_CASE("the elbo never falls below the evidence bound") {
  const Problem problem = random_problem();
  StatevectorBackend backend;
  const TrainingSettings settings = settings_of("elbo", "lbfgs", 400);
  Trainer trainer = *Trainer::create(problem, settings, backend);
  const double bound = evidence_bound(problem.costs->enumerate()->costs(), settings.objective.prior, 0.2);
  double lowest = 1e300;
  const TrainingHooks hooks{
      .on_progress = [&](const TrainingProgress& p) { lowest = std::min(lowest, p.terms.value); }};
  const TrainingResult result = *trainer.run(nullptr, hooks);
  CHECK(*result.evidence_bound == Approx(bound).epsilon(1e-14));
  CHECK(lowest >= bound - 1e-12);
  CHECK(result.restarts[result.best].final_terms.value - bound < 0.2);
}

TEST_CASE("results do not depend on the number of threads") {
  const Problem problem = random_problem();
  StatevectorBackend backend;
  for (const std::uint64_t shots : {0, 50}) {
    TrainingSettings settings = settings_of("selbo", "adam", 25);
    settings.shots = shots;
    std::vector<std::string> results;
    for (const std::size_t threads : {1, 2, 3}) {
      const ThreadLimit limit(threads);
      Trainer trainer = *Trainer::create(problem, settings, backend);
      results.push_back(timeless(problem, settings, *trainer.run(nullptr)));
    }
    CHECK(results[0] == results[1]);
    CHECK(results[0] == results[2]);
  }
}

TEST_CASE("a run that is stopped again and again ends like one that is not") {
  const Problem problem = random_problem();
  StatevectorBackend backend;
  for (const std::string optimizer : {"adam", "lbfgs", "spsa", "cobyla"}) {
    INFO(optimizer);
    TrainingSettings settings = settings_of("selbo", optimizer, 30);
    settings.shots = optimizer == "spsa" ? 40 : 0;
    if (optimizer != "cobyla") settings.warmup = {.alphas = {0.1, 0.5}, .iterations = 12};
    Trainer undisturbed = *Trainer::create(problem, settings, backend);
    const std::string expected = timeless(problem, settings, *undisturbed.run(nullptr));

    const TemporaryDirectory folder;
    const auto path = folder.path() / "run";
    { REQUIRE(RunDirectory::create(path, "settings = 1\n", 0)); }
    std::size_t stops = 0;
    for (TrainingResult result{.interrupted = true, .restarts = {}}; result.interrupted; ++stops) {
      REQUIRE(stops < 100);
      auto directory = RunDirectory::open(path);
      REQUIRE(directory);
      std::atomic<bool> stop{false};
      std::size_t fresh = 0;
      const auto before = read_file(path / "metrics.jsonl");
      const std::size_t known = before ? static_cast<std::size_t>(std::ranges::count(*before, '\n')) : 0;
      const TrainingHooks hooks{.on_progress =
                                    [&](const TrainingProgress& p) {
                                      if (p.evaluations > known && ++fresh == 17) stop = true;
                                    },
                                .stop = &stop};
      Trainer trainer = *Trainer::create(problem, settings, backend);
      result = *trainer.run(&*directory, hooks);
      if (!result.interrupted) CHECK(timeless(problem, settings, result) == expected);
    }
    CHECK(stops > 1);
    const std::string metrics = *read_file(path / "metrics.jsonl");
    const auto written = nlohmann::json::parse(*read_file(path / "result.json"));
    std::size_t evaluations = 0;
    for (const auto& restart : written["restarts"]) evaluations += restart["evaluations"].get<std::size_t>();
    CHECK(static_cast<std::size_t>(std::ranges::count(metrics, '\n')) == evaluations);
  }
}

TEST_CASE("a run folder in use, one that holds a run, and a disk without room are refused before any work") {
  const TemporaryDirectory folder;
  const auto path = folder.path() / "run";
  {
    const auto directory = RunDirectory::create(path, "a = 1\n", 0);
    REQUIRE(directory);
    CHECK(RunDirectory::open(path).error().message.find("Another program") != std::string::npos);
  }
  CHECK(RunDirectory::create(path, "a = 1\n", 0).error().hint.find("--resume") != std::string::npos);
  CHECK(RunDirectory::open(path));
  CHECK(RunDirectory::open(folder.path() / "none").error().message.find("no run") != std::string::npos);
  const auto full = RunDirectory::create(folder.path() / "big", "a = 1\n", std::uint64_t{1} << 60);
  REQUIRE_FALSE(full);
  CHECK(full.error().kind == ErrorKind::resource);
  CHECK_FALSE(std::filesystem::exists(folder.path() / "big"));
  CHECK_FALSE(RunDirectory::create("/proc/bornite", "a = 1\n", 0));
}

TEST_CASE("settings that do not fit are refused when the trainer is made") {
  const Problem problem = random_problem();
  StatevectorBackend backend;
  TrainingSettings shots_for_elbo = settings_of("elbo", "adam", 10);
  shots_for_elbo.shots = 100;
  CHECK(describe(Trainer::create(problem, shots_for_elbo, backend).error()).find("selbo") != std::string::npos);
  CHECK_FALSE(Trainer::create(problem, settings_of("nothing", "adam", 10), backend));
  CHECK_FALSE(Trainer::create(problem, settings_of("mle", "nothing", 10), backend));
}

TEST_CASE("a warm-up begins where restarts begin, and the objective where the warm-up ends") {
  const Problem problem = random_problem();
  StatevectorBackend backend;
  TrainingSettings settings = settings_of("mle", "adam", 40);
  settings.warmup = {.alphas = {0.1, 0.5}, .iterations = 7};
  std::vector<std::size_t> evaluations(3);
  double warm = 0, first = 0;
  bool known = false;
  const TrainingHooks hooks{.on_progress = [&](const TrainingProgress& p) {
    if (p.restart != 0) return;
    if (p.step == 0) warm = p.terms.value;
    if (!p.warming_up && !std::exchange(known, true)) first = p.terms.value;
    CHECK((p.warming_up || p.best_objective));
    ++evaluations[p.warming_up ? 0 : 1];
  }};
  Trainer trainer = *Trainer::create(problem, settings, backend);
  CHECK(trainer.plan().evaluations == 3 * (8 + 8 + 41));
  const RestartResult result = trainer.run(nullptr, hooks)->restarts[0];
  CHECK(evaluations[0] == 16);
  CHECK(evaluations[0] + evaluations[1] == result.optimum.evaluations);

  // The same by hand, stage after stage.
  const Circuit circuit = make_ansatz(AnsatzKind::brickwork, qubits, 3);
  const CostTable table = *problem.costs->enumerate();
  std::vector<double> theta = initial_angles(circuit.parameters(), settings.seed, 0);
  double start_of_mle = 0;
  for (const double alpha : {0.1, 0.5, 1.0}) {
    const auto objective = *make_objective({.name = alpha < 1 ? "cvar" : "mle", .alpha = alpha});
    const ExactEstimator estimator(backend, circuit, *objective, table);
    if (alpha == 0.1) CHECK(estimator.evaluate(theta, {}, {})->terms.value == Approx(warm).epsilon(1e-13));
    OptimizerSettings own = settings.optimizer;
    own.iterations = alpha < 1 ? 7 : 40;
    start_of_mle = estimator.evaluate(theta, {}, {})->terms.value;
    theta = (*make_optimizer(own))
                ->minimize(theta,
                           [&](std::span<const double> at, std::span<double> gradient) -> Result<double> {
                             return estimator.evaluate(at, gradient, {})->terms.value;
                           })
                ->theta;
  }
  CHECK(start_of_mle == Approx(first).epsilon(1e-13));
  CHECK(theta == result.optimum.theta);
}

TEST_CASE("the plan counts what a run takes at most") {
  const Problem problem = random_problem();
  StatevectorBackend backend;
  TrainingSettings settings = settings_of("selbo", "adam", 10);
  settings.shots = 100;
  Trainer trainer = *Trainer::create(problem, settings, backend);
  const TrainingPlan plan = trainer.plan();
  CHECK(plan.qubits == qubits);
  CHECK(plan.parameters == 30);
  std::uint64_t jobs = 0, shots = 0;
  for (const RestartResult& restart : (*trainer.run(nullptr)).restarts) jobs += restart.jobs, shots += restart.shots;
  CHECK(jobs <= plan.jobs);
  CHECK(shots <= plan.shots);
  CHECK(shots > plan.shots / 2);
}

TEST_CASE("all perturbations of a step of SPSA are one job, also when the run is stopped in between") {
  const Problem problem = random_problem();
  StatevectorBackend backend;
  TrainingSettings settings = settings_of("selbo", "spsa", 6);
  settings.shots = 50;
  settings.optimizer.spsa.perturbations = 4;
  Trainer trainer = *Trainer::create(problem, settings, backend);
  const TrainingResult result = *trainer.run(nullptr);
  // The gain's calibration, six steps, the last value; and a row for the objective and one for the networks.
  CHECK(result.restarts[0].jobs == 1 + 6 + 1 + 2);
  CHECK(result.restarts[0].optimum.evaluations == 20 + 6 * 8 + 1);
  CHECK(trainer.plan().jobs == 3 * result.restarts[0].jobs);
  CHECK(trainer.plan().shots == 3 * result.restarts[0].shots);

  const TemporaryDirectory folder;
  const auto path = folder.path() / "run";
  REQUIRE(RunDirectory::create(path, "a = 1\n", 0));
  std::atomic<bool> stop = false;
  int evaluations = 0, limit = 0, runs = 0;
  const TrainingHooks hooks{.on_progress = [&](const TrainingProgress&) { stop = ++evaluations > limit; },
                            .stop = &stop};
  TrainingResult resumed{.interrupted = true, .restarts = {}};
  for (; runs < 50 && resumed.interrupted; ++runs) {
    auto directory = *RunDirectory::open(path);
    stop = false;
    evaluations = 0;
    limit += 25;
    resumed = *trainer.run(&directory, hooks);
  }
  CHECK(runs > 3);
  REQUIRE_FALSE(resumed.interrupted);
  CHECK(timeless(problem, settings, resumed) == timeless(problem, settings, result));
}

TEST_CASE("a run that allocates shots by variance and is stopped ends like one that is not") {
  const Problem problem = random_problem();
  StatevectorBackend backend;
  TrainingSettings settings = settings_of("mle", "adam", 8);
  settings.shots = 40;
  settings.allocation = ShotAllocation::variance;
  settings.restarts = 1;
  Trainer trainer = *Trainer::create(problem, settings, backend);
  const TrainingResult whole = *trainer.run(nullptr);
  const TemporaryDirectory folder;
  REQUIRE(RunDirectory::create(folder.path() / "run", "a = 1\n", 0));
  std::atomic<bool> stop = false;
  const TrainingHooks hooks{.on_progress = [&](const TrainingProgress& p) { stop = p.step == 4; }, .stop = &stop};
  {
    auto directory = *RunDirectory::open(folder.path() / "run");
    CHECK(trainer.run(&directory, hooks)->interrupted);
  }
  auto directory = *RunDirectory::open(folder.path() / "run");
  CHECK(timeless(problem, settings, *trainer.run(&directory)) == timeless(problem, settings, whole));
  settings.allocation = ShotAllocation::equal;
  Trainer equal = *Trainer::create(problem, settings, backend);
  CHECK(equal.run(nullptr)->restarts[0].optimum.theta != whole.restarts[0].optimum.theta);
}

TEST_CASE("results from shots carry standard errors, and rank networks by their exact costs") {
  const Problem problem = random_problem();
  StatevectorBackend backend;
  TrainingSettings settings = settings_of("selbo", "adam", 5);
  settings.shots = 20;
  settings.evaluation_shots = 1;  // so few that the restarts' best networks differ
  settings.restarts = 8;
  const TemporaryDirectory folder;
  auto directory = *RunDirectory::create(folder.path() / "run", "a = 1\n", 0);
  Trainer trainer = *Trainer::create(problem, settings, backend);
  const TrainingResult result = *trainer.run(&directory);
  const auto best_cost = [&](std::size_t r) { return result.restarts[r].state.best.cost; };
  std::size_t lowest_objective = 0;
  for (std::size_t r = 0; r < 8; ++r) {
    CHECK(best_cost(result.best) <= best_cost(r));
    CHECK(best_cost(r) == (*problem.costs->enumerate())[result.restarts[r].state.best.bits.index()]);
    if (result.restarts[r].final_terms.value < result.restarts[lowest_objective].final_terms.value)
      lowest_objective = r;
  }
  CHECK(best_cost(lowest_objective) > best_cost(result.best));  // the noisy ranking would be another one

  const std::string metrics = *read_file(folder.path() / "run" / "metrics.jsonl");
  const auto step = nlohmann::json::parse(metrics.substr(0, metrics.find('\n')));
  for (const char* figure : {"objective", "expected_cost", "mmd2", "grad_norm"})
    CHECK(step.at(std::string(figure) + "_standard_error").get<double>() > 0);
  const auto restart = nlohmann::json::parse(*read_file(folder.path() / "run" / "result.json"))["restarts"][0];
  for (const char* figure : {"final_objective", "mmd2"})
    CHECK(restart.at(std::string(figure) + "_standard_error").get<double>() > 0);
}

TEST_CASE("a state described from shots alone has standard errors, and predicts by the networks drawn") {
  StatevectorBackend backend;
  Config config;
  REQUIRE(config.assign("problem=gaussian2d", "test"));
  REQUIRE(config.assign("data.train_rows=20", "test"));
  const Problem problem = *make_problem(config);
  CachedCosts cache(problem.costs);
  const Circuit circuit = make_ansatz(AnsatzKind::product, problem.qubits(), 1);
  const std::vector<double> theta = random_angles(circuit.parameters(), 8);
  const StateReporter reporter(problem, backend, circuit, cache, nullptr, 50);
  NetworkEnsemble ensemble;
  const StateReport report = *reporter.report(theta, {.seed = 3}, ensemble);
  double mean = 0, squares = 0;
  std::vector<double> costs(ensemble.strings.size()), prediction(problem.data.train.rows());
  REQUIRE(cache.costs(ensemble.strings, costs));
  for (std::size_t i = 0; i < costs.size(); ++i) {
    mean += ensemble.weights[i] * costs[i];
    squares += ensemble.weights[i] * costs[i] * costs[i];
    const auto outputs = problem.encoding->decode(ensemble.strings[i]).outputs(problem.data.train);
    for (std::size_t x = 0; x < prediction.size(); ++x) prediction[x] += ensemble.weights[i] * outputs[x];
  }
  CHECK(report.expected_cost == Approx(mean));
  CHECK(*report.expected_cost_error == Approx(std::sqrt((squares - mean * mean) / 49)));
  const double p = report.most_probable.probability;
  CHECK(*report.most_probable.probability_error == Approx(std::sqrt(p * (1 - p) / 49)));
  CHECK(*report.entropy_error > 0);
  const Calibration scores = *calibration(prediction, 1, problem.data.train.targets);
  CHECK(report.train->posterior.classification->brier == Approx(scores.brier));
  CHECK(report.train->posterior.classification->negative_log_likelihood == Approx(scores.negative_log_likelihood));
  const auto json = nlohmann::json::parse(state_json(report));
  CHECK(json.at("expected_cost_standard_error").get<double>() == *report.expected_cost_error);
  CHECK(json.at("best").contains("probability_standard_error"));
}

TEST_CASE("initial angles depend on seed and restart alone and fill the circle") {
  const auto angles = initial_angles(1000, 1, 0);
  CHECK(angles == initial_angles(1000, 1, 0));
  CHECK(angles != initial_angles(1000, 1, 1));
  CHECK(angles != initial_angles(1000, 2, 0));
  CHECK(std::ranges::min(angles) >= 0);
  CHECK(std::ranges::max(angles) < 2 * std::numbers::pi);
  CHECK(std::ranges::max(angles) > 6.2);
  CHECK(initial_angles(10, 1, 0) == std::vector<double>(angles.begin(), angles.begin() + 10));
}
