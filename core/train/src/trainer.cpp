#include "bornite/train/trainer.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <numbers>
#include <optional>
#include <utility>
#include <vector>

#include "bornite/inference/evidence.hpp"
#include "bornite/train/angles.hpp"
#include "bornite/train/warm_start.hpp"
#include "bornite/util/parallel.hpp"
#include "trainer_state.hpp"

namespace bornite {
namespace {

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

Error needs_shots(const std::string& backend) {
  return {ErrorKind::unsupported, fmt::format("The backend {} gives shots, not exact probabilities.", backend),
          "Say how many with --shots, for instance --shots 1024, and use the objective mle or selbo."};
}

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

std::vector<double> initial_angles(std::size_t parameters, std::uint64_t seed, std::uint32_t restart) {
  RandomStream random({.seed = seed, .purpose = StreamPurpose::initial_angles, .restart = restart});
  std::vector<double> theta(parameters);
  for (double& angle : theta) angle = 2 * std::numbers::pi * random.uniform();
  return theta;
}

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
