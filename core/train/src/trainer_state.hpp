#pragma once
// What a trainer works with, made once and the same for all restarts.

#include "bornite/train/trainer.hpp"

#include "bornite/circuit/circuit.hpp"
#include "bornite/inference/objective.hpp"
#include "bornite/network/cached_costs.hpp"
#include "bornite/network/cost_table.hpp"
#include "bornite/optimize/optimizer.hpp"
#include "progress_log.hpp"

#include <memory>
#include <optional>
#include <vector>

namespace bornite {

using Estimators = std::vector<std::unique_ptr<Estimator>>;

/// What an optimiser works on, from where the stage before ended.
struct Stage {
  std::unique_ptr<Objective> objective;
  std::size_t iterations;
};

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

  /// The jobs of a training from shots, and the requests that they carry.
  void plan_steps(TrainingPlan& plan);
  void plan_results(TrainingPlan& plan);

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

}  // namespace bornite
