#include "trainer_state.hpp"

#include <fmt/format.h>

#include <utility>
#include <vector>

#include "bornite/train/angles.hpp"
#include "bornite/train/estimator.hpp"
#include "bornite/train/result_json.hpp"

namespace bornite {
namespace {

/// Stream of the shots that are drawn for the final objective, apart from those of the steps and of the report.
constexpr std::uint32_t final_step = 0xffffffff;

}  // namespace

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

}  // namespace bornite
