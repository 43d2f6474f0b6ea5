#include "trainer_state.hpp"

#include "bornite/train/estimator.hpp"

#include <limits>
#include <utility>
#include <vector>

namespace bornite {
namespace {

/// a * b, or the largest number if that is more.
std::uint64_t saturating_product(std::uint64_t a, std::uint64_t b) {
  std::uint64_t product = 0;
  return __builtin_mul_overflow(a, b, &product) ? std::numeric_limits<std::uint64_t>::max() : product;
}

std::uint64_t saturating_sum(std::uint64_t a, std::uint64_t b) {
  std::uint64_t sum = 0;
  return __builtin_add_overflow(a, b, &sum) ? std::numeric_limits<std::uint64_t>::max() : sum;
}

/// What one more kind of work adds to the plan.
void add_shots(TrainingPlan& plan, std::uint64_t times, std::uint64_t shots) {
  plan.shots = saturating_sum(plan.shots, saturating_product(times, shots));
}

}  // namespace

TrainingPlan Trainer::plan() const {
  State& s = *state_;
  TrainingPlan plan;
  plan.qubits = s.circuit.qubits();
  plan.parameters = s.circuit.parameters();
  for (std::size_t stage = 0; stage < s.stages.size(); ++stage)
    plan.evaluations += s.settings.restarts * (*s.make_optimizer(stage, 0))->max_evaluations();
  if (s.is_exact()) {
    plan.table_bytes = std::uint64_t{8} << plan.qubits;
  } else {
    s.plan_steps(plan);
    s.plan_results(plan);
  }
  // A checkpoint is replaced by a new one beside it, and a line of metrics takes about 450 bytes.
  const bool needs_gradient = (*s.make_optimizer(0, 0))->needs_gradient();
  const std::uint64_t spreads = s.settings.allocation == ShotAllocation::variance ? plan.evaluation.rows : 0;
  const std::uint64_t numbers = (needs_gradient ? plan.parameters : 0) + spreads + 16;
  plan.run_directory_bytes =
      plan.evaluations * (2 * 8 * numbers + 450) + s.settings.restarts * (24 * plan.parameters + 4000);
  return plan;
}

void Trainer::State::plan_steps(TrainingPlan& plan) {
  const Estimators estimators = std::move(*make_estimators());
  const std::vector<double> angles = start_of(0);
  for (std::size_t stage = 0; stage < stages.size(); ++stage) {
    const auto optimizer = *make_optimizer(stage, 0);
    const bool needs_gradient = optimizer->needs_gradient();
    plan.evaluation = estimators[stage]->demand(needs_gradient);
    plan.jobs += settings.restarts * optimizer->max_requests() * plan.evaluation.jobs;
    add_shots(plan, settings.restarts * optimizer->max_evaluations(), plan.evaluation.shots);
    const std::vector<std::vector<double>> together(optimizer->points_per_request(), angles);
    const auto& shots = dynamic_cast<const ShotEstimator&>(*estimators[stage]);
    plan.requests.push_back({stage + 1 < stages.size() ? "each step of the warm-up" : "each step",
                             needs_gradient ? shots.request(angles, true, {}) : shots.request(together, {}),
                             settings.restarts * optimizer->max_requests()});
  }
}

/// Besides those of the steps, each restart takes one row at its final angles and one to find its best network.
void Trainer::State::plan_results(TrainingPlan& plan) {
  const Estimators estimators = std::move(*make_estimators());
  const auto& objective = dynamic_cast<const ShotEstimator&>(*estimators.back());
  const std::vector<double> angles = start_of(0);
  const ParameterRows one(1, angles.size(), angles);
  plan.jobs += 2 * settings.restarts;
  add_shots(plan, settings.restarts, objective.demand(false).shots + settings.evaluation_shots);
  plan.requests.push_back({"final objective", objective.request(angles, false, {}), settings.restarts});
  plan.requests.push_back({"best network", {circuit, one, Shots(settings.evaluation_shots), {}}, settings.restarts});
}

}  // namespace bornite
