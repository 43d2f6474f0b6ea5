#include "bornite/train/trainer.hpp"

#include <fmt/format.h>

#include <cmath>
#include <limits>
#include <numbers>
#include <optional>
#include <utility>
#include <vector>

#include "bornite/inference/evidence.hpp"
#include "bornite/train/angles.hpp"
#include "bornite/train/result_json.hpp"
#include "bornite/train/warm_start.hpp"
#include "bornite/util/parallel.hpp"
#include "progress_log.hpp"

namespace bornite {
namespace {

/// Stream of the shots that are drawn for the final objective, apart from those of the steps and of the report.
constexpr std::uint32_t final_step = 0xffffffff;

Result<void> check_qubits(const Problem& problem, const TrainingSettings& settings, const QuantumBackend& backend) {
  const std::size_t qubits = problem.qubits();
  if (settings.shots == 0) BORNITE_CHECK(CostTable::check_memory(qubits));
  const Capabilities& limits = backend.capabilities();
  const std::size_t most =
      settings.shots == 0 ? std::min(limits.max_qubits, limits.max_exact_qubits) : limits.max_qubits;
  if (qubits <= most) return {};
  return Error{ErrorKind::unsupported,
               fmt::format("The problem {} needs {} qubits; the backend {} has {} on this machine.{}{}", problem.name,
                           qubits, settings.backend, most, size_of_state(limits, qubits),
                           limits.exact ? " A gradient holds two, and probabilities and costs besides." : ""),
               "Use a smaller network or another backend."};
}

/// a * b, or the largest number if that is more.
std::uint64_t saturating_product(std::uint64_t a, std::uint64_t b) {
  std::uint64_t product = 0;
  return __builtin_mul_overflow(a, b, &product) ? std::numeric_limits<std::uint64_t>::max() : product;
}

std::uint64_t saturating_sum(std::uint64_t a, std::uint64_t b) {
  std::uint64_t sum = 0;
  return __builtin_add_overflow(a, b, &sum) ? std::numeric_limits<std::uint64_t>::max() : sum;
}

Error needs_shots(const std::string& backend) {
  return {ErrorKind::unsupported, fmt::format("The backend {} gives shots, not exact probabilities.", backend),
          "Say how many with --shots, for instance --shots 1024, and use the objective mle or selbo."};
}

}  // namespace

std::vector<double> initial_angles(std::size_t parameters, std::uint64_t seed, std::uint32_t restart) {
  RandomStream random({.seed = seed, .purpose = StreamPurpose::initial_angles, .restart = restart});
  std::vector<double> theta(parameters);
  for (double& angle : theta) angle = 2 * std::numbers::pi * random.uniform();
  return theta;
}

namespace {

using Estimators = std::vector<std::unique_ptr<Estimator>>;

/// What an optimiser works on, from where the stage before ended.
struct Stage {
  std::unique_ptr<Objective> objective;
  std::size_t iterations;
};

Result<std::vector<Stage>> make_stages(const TrainingSettings& settings) {
  std::vector<Stage> stages;
  for (const double alpha : settings.warmup.alphas) {
    BORNITE_TRY(auto cvar, make_objective({.name = "cvar", .alpha = alpha}));
    stages.push_back({std::move(cvar), settings.warmup.iterations});
  }
  BORNITE_TRY(auto objective, make_objective(settings.objective));
  stages.push_back({std::move(objective), settings.optimizer.iterations});
  return stages;
}

}  // namespace

struct Trainer::State {
  const Problem& problem;
  TrainingSettings settings;
  QuantumBackend& backend;
  Circuit circuit;
  std::vector<Stage> stages;  // the warm-up's in order, then the objective itself
  CachedCosts cache;
  std::optional<ParameterRows> start{};  // of a warm start
  std::optional<CostTable> table{};      // made by the first run() that needs it

  [[nodiscard]] bool is_exact() const { return settings.shots == 0; }
  [[nodiscard]] Result<std::unique_ptr<Optimizer>> make_optimizer(std::size_t stage, std::size_t restart) const {
    OptimizerSettings own = settings.optimizer;
    own.iterations = stages[stage].iterations;
    own.stream.restart = static_cast<std::uint32_t>(restart);
    own.stream.row = static_cast<std::uint32_t>(stage);
    return bornite::make_optimizer(own);
  }
  [[nodiscard]] StreamKey stream(std::size_t restart, std::uint32_t step) const {
    return {.seed = settings.seed, .restart = static_cast<std::uint32_t>(restart), .step = step};
  }

  Result<void> learn_costs(std::uint64_t shots, const TrainingHooks& hooks);
  [[nodiscard]] std::vector<double> start_of(std::size_t restart) const;
  [[nodiscard]] bool is_better(const RestartResult& a, const RestartResult& b) const;
  /// One for each stage.
  Result<Estimators> make_estimators();
  Result<OptimizerResult> optimise(std::size_t restart, const Estimators& estimators, ProgressLog& log) const;
  Result<RestartResult> finish(std::size_t restart, OptimizerResult optimum, const Estimator& estimator,
                               const ProgressLog& log);
  Result<void> write_results(RunDirectory& directory, const TrainingResult& result) const;
};

Trainer::Trainer(std::unique_ptr<State> state) : state_(std::move(state)) {}
Trainer::~Trainer() = default;
Trainer::Trainer(Trainer&&) noexcept = default;
Trainer& Trainer::operator=(Trainer&&) noexcept = default;

Result<Trainer> Trainer::create(const Problem& problem, TrainingSettings settings, QuantumBackend& backend) {
  BORNITE_CHECK(check_qubits(problem, settings, backend));
  BORNITE_TRY(auto stages, make_stages(settings));
  Circuit circuit = make_ansatz(settings.circuit.ansatz, problem.qubits(), settings.circuit.depth);
  BORNITE_CHECK(check_size(circuit, backend.capabilities()));
  auto state = std::unique_ptr<State>(new State{problem, std::move(settings), backend, std::move(circuit),
                                                std::move(stages), CachedCosts(problem.costs)});
  const TrainingSettings& own = state->settings;
  if (!own.init.empty()) {
    BORNITE_TRY(state->start, load_warm_start(own.init, own.circuit, problem.qubits(), state->circuit.parameters()));
  }
  for (std::size_t stage = 0; stage < state->stages.size(); ++stage)
    BORNITE_CHECK(state->make_optimizer(stage, 0));  // refuse wrong settings now
  if (state->is_exact()) {
    if (!dynamic_cast<ExactBackend*>(&backend)) return needs_shots(state->settings.backend);
  } else {
    BORNITE_CHECK(state->make_estimators());
  }
  return Trainer(std::move(state));
}

TrainingPlan Trainer::plan() const {
  const State& s = *state_;
  const bool needs_gradient = (*s.make_optimizer(0, 0))->needs_gradient();
  TrainingPlan plan;
  plan.qubits = s.circuit.qubits();
  plan.parameters = s.circuit.parameters();
  const std::vector<double> start = s.start_of(0);
  if (s.is_exact()) plan.table_bytes = std::uint64_t{8} << plan.qubits;
  const auto estimators = s.is_exact() ? Result<Estimators>(Estimators{}) : state_->make_estimators();
  for (std::size_t stage = 0; stage < s.stages.size(); ++stage) {
    const auto optimizer = *s.make_optimizer(stage, 0);
    const std::uint64_t evaluations = s.settings.restarts * optimizer->max_evaluations();
    plan.evaluations += evaluations;
    if (s.is_exact()) continue;
    plan.evaluation = (*estimators)[stage]->demand(needs_gradient);
    plan.jobs += s.settings.restarts * optimizer->max_requests() * plan.evaluation.jobs;
    plan.shots = saturating_sum(plan.shots, saturating_product(evaluations, plan.evaluation.shots));
    const std::vector<std::vector<double>> together(optimizer->points_per_request(), start);
    const auto& shots = dynamic_cast<const ShotEstimator&>(*(*estimators)[stage]);
    plan.requests.push_back({stage + 1 < s.stages.size() ? "each step of the warm-up" : "each step",
                             needs_gradient ? shots.request(start, true, {}) : shots.request(together, {}),
                             s.settings.restarts * optimizer->max_requests()});
  }
  if (!s.is_exact()) {
    // Besides those of the steps, each restart takes one row at its final angles and one to find its best network.
    plan.jobs += 2 * s.settings.restarts;
    const auto& objective = dynamic_cast<const ShotEstimator&>(*estimators->back());
    const std::uint64_t last = objective.demand(false).shots + s.settings.evaluation_shots;
    plan.shots = saturating_sum(plan.shots, saturating_product(s.settings.restarts, last));
    const ParameterRows one(1, start.size(), start);
    plan.requests.push_back({"final objective", objective.request(start, false, {}), s.settings.restarts});
    plan.requests.push_back(
        {"best network", {s.circuit, one, Shots(s.settings.evaluation_shots), {}}, s.settings.restarts});
  }
  // A checkpoint is replaced by a new one beside it, and a line of metrics takes about 450 bytes.
  const std::uint64_t spreads = s.settings.allocation == ShotAllocation::variance ? plan.evaluation.rows : 0;
  const std::uint64_t numbers = (needs_gradient ? plan.parameters : 0) + spreads + 16;
  plan.run_directory_bytes =
      plan.evaluations * (2 * 8 * numbers + 450) + s.settings.restarts * (24 * plan.parameters + 4000);
  return plan;
}

Result<void> Trainer::State::learn_costs(std::uint64_t shots, const TrainingHooks& hooks) {
  // More shots than networks: all of them at once are less work than those that occur one by one. A rule that depends
  // on the settings alone, because the two ways may differ in the last bit.
  constexpr std::size_t quickly_enumerated = 20;
  const bool all = is_exact() || (problem.qubits() <= quickly_enumerated && shots >> problem.qubits() > 0);
  if (!all || table) return {};
  if (hooks.on_phase) hooks.on_phase(fmt::format("computing the costs of all 2^{} networks", problem.qubits()));
  if (!is_exact()) return cache.learn_all();
  BORNITE_TRY(table, problem.costs->enumerate());
  return {};
}

Result<Estimators> Trainer::State::make_estimators() {
  Estimators estimators;
  for (const Stage& stage : stages) {
    if (is_exact()) {
      auto& exact = dynamic_cast<ExactBackend&>(backend);
      estimators.push_back(std::make_unique<ExactEstimator>(exact, circuit, *stage.objective, *table));
    } else {
      BORNITE_TRY(auto estimator, ShotEstimator::create(backend, circuit, *stage.objective, cache, settings.shots,
                                                        {.mitigation = settings.mitigation,
                                                         .allocation = settings.allocation,
                                                         .common_seeds = settings.common_seeds}));
      estimators.push_back(std::move(estimator));
    }
  }
  return estimators;
}

std::vector<double> Trainer::State::start_of(std::size_t restart) const {
  if (!start) return initial_angles(circuit.parameters(), settings.seed, static_cast<std::uint32_t>(restart));
  const Theta row = (*start)[restart % start->rows()];
  return {row.begin(), row.end()};
}

Result<OptimizerResult> Trainer::State::optimise(std::size_t restart, const Estimators& estimators,
                                                 ProgressLog& log) const {
  OptimizerResult result{start_of(restart), 0, 0, 0, StopReason::iterations};
  std::uint32_t step = 0;
  for (std::size_t stage = 0; stage < stages.size(); ++stage) {
    BORNITE_TRY(const auto optimizer, make_optimizer(stage, restart));
    const auto evaluate = [&](std::span<const double> theta, std::span<double> gradient) {
      const StreamKey key = stream(restart, step++);
      return log.evaluate(restart, stage, gradient, [&] {
        const auto& known = log.restart(restart);
        const auto spreads = known.empty() ? std::vector<double>() : known.back().estimate.row_spreads;
        return estimators[stage]->evaluate(theta, gradient, key, spreads);
      });
    };
    const auto evaluate_all = [&](std::span<const std::vector<double>> thetas) {
      const StreamKey key = stream(restart, std::exchange(step, step + static_cast<std::uint32_t>(thetas.size())));
      return log.evaluate_all(restart, stage, thetas.size(),
                              [&] { return estimators[stage]->evaluate_all(thetas, key); });
    };
    BORNITE_TRY(OptimizerResult next, optimizer->minimize(std::move(result.theta), evaluate, evaluate_all));
    next.iterations += result.iterations;
    next.evaluations += result.evaluations;
    result = std::move(next);
  }
  return result;
}

Result<RestartResult> Trainer::State::finish(std::size_t restart, OptimizerResult optimum, const Estimator& estimator,
                                             const ProgressLog& log) {
  RestartResult result{.restart = restart, .optimum = std::move(optimum), .final_terms = {}, .state = {}};
  BORNITE_TRY(const Estimate last, estimator.evaluate(result.optimum.theta, {}, stream(restart, final_step)));
  result.final_terms = last.terms;
  const StateReporter reporter(problem, backend, circuit, cache, table ? &*table : nullptr, settings.evaluation_shots);
  BORNITE_TRY(result.state, reporter.report(result.optimum.theta, report_stream(settings.seed, restart)));
  result.jobs = last.jobs + (is_exact() ? 0 : 1);
  result.shots = last.shots + (is_exact() ? 0 : settings.evaluation_shots);
  for (const RecordedEvaluation& evaluation : log.restart(restart)) {
    result.seconds += evaluation.seconds;
    result.jobs += evaluation.estimate.jobs;
    result.shots += evaluation.estimate.shots;
  }
  return result;
}

/// An objective from shots is noisy, the cost of a network is not; the noise only decides between equal networks.
bool Trainer::State::is_better(const RestartResult& a, const RestartResult& b) const {
  const double cost_a = a.state.best.cost, cost_b = b.state.best.cost;
  if (!is_exact() && cost_a != cost_b) return cost_a < cost_b;
  return a.final_terms.value < b.final_terms.value;
}

Result<void> Trainer::State::write_results(RunDirectory& directory, const TrainingResult& result) const {
  std::vector<double> angles;
  for (const RestartResult& restart : result.restarts)
    angles.insert(angles.end(), restart.optimum.theta.begin(), restart.optimum.theta.end());
  const ParameterRows rows(result.restarts.size(), circuit.parameters(), std::move(angles));
  BORNITE_CHECK(directory.write("angles.txt", format_angles(rows)));
  return directory.write("result.json", result_json(problem, settings, circuit.parameters(), result));
}

namespace {

/// Calls body(i) for all i at once and gathers the values in order; the first error in that order wins.
template <typename T, typename Body>
Result<std::vector<T>> gather(std::size_t count, const Body& body) {
  std::vector<std::optional<Result<T>>> results(count);
  parallel_for(count, [&](std::size_t i) { results[i].emplace(body(i)); });
  std::vector<T> values;
  for (auto& result : results) {
    if (!*result) return result->error();
    values.push_back(*std::move(*result));
  }
  return values;
}

}  // namespace

Result<TrainingResult> Trainer::run(RunDirectory* directory, const TrainingHooks& hooks) {
  State& s = *state_;
  const std::size_t restarts = s.settings.restarts;
  BORNITE_TRY(ProgressLog log, ProgressLog::open(directory, {restarts, s.stages.size(), plan().evaluations}, hooks));
  if (directory && s.start) BORNITE_CHECK(directory->write(RunDirectory::start_file, format_angles(*s.start)));
  BORNITE_CHECK(s.learn_costs(plan().shots, hooks));
  BORNITE_TRY(const Estimators estimators, s.make_estimators());

  auto optima = gather<OptimizerResult>(restarts, [&](std::size_t r) { return s.optimise(r, estimators, log); });
  BORNITE_CHECK(log.save());
  if (!optima && log.stopped()) return TrainingResult{.interrupted = true, .restarts = {}};
  if (!optima) return optima.error();

  if (hooks.on_phase) hooks.on_phase("scoring the trained networks");
  TrainingResult result;
  BORNITE_TRY(result.restarts, gather<RestartResult>(restarts, [&](std::size_t r) {
                return s.finish(r, std::move((*optima)[r]), *estimators.back(), log);
              }));
  for (const RestartResult& restart : result.restarts)
    if (s.is_better(restart, result.restarts[result.best])) result.best = restart.restart;
  if (s.settings.objective.name == "elbo" && s.table && s.settings.objective.beta > 0)
    result.evidence_bound = evidence_bound(s.table->costs(), s.settings.objective.prior, s.settings.objective.beta);
  if (directory) BORNITE_CHECK(s.write_results(*directory, result));
  return result;
}

}  // namespace bornite
