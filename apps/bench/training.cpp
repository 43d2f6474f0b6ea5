// One step and one whole restart of a training on mnist01 with brickwork of depth 4.

#include <fmt/format.h>

#include <memory>

#include "benchmark_case.hpp"
#include "bornite/circuit/ansatz.hpp"
#include "bornite/statevector/statevector_backend.hpp"
#include "bornite/train/estimator.hpp"
#include "bornite/train/trainer.hpp"
#include "layered_work.hpp"
#include "problems.hpp"

namespace bornite::bench {
namespace {

/// What all benchmarks of this group share; the cost table is made when the first one runs.
class Fixture {
 public:
  Fixture(Problem problem, std::size_t iterations) : problem_(std::move(problem)), iterations_(iterations) {}

  [[nodiscard]] const Problem& problem() const { return problem_; }

  [[nodiscard]] Result<const CostTable*> table() {
    if (!table_) {
      BORNITE_TRY(table_, problem_.costs->enumerate());
    }
    return &*table_;
  }

  [[nodiscard]] TrainingSettings settings(const std::string& objective) const {
    TrainingSettings settings;
    settings.objective = {.name = objective,
                          .beta = 1 / static_cast<double>(problem_.data.train.rows()),
                          .prior = Prior::uniform(problem_.qubits())};
    settings.optimizer = {.name = "lbfgs", .iterations = iterations_};
    return settings;
  }

 private:
  Problem problem_;
  std::size_t iterations_;
  std::optional<CostTable> table_{};
};

Result<void> run_step(benchmark::State& state, std::size_t threads, Fixture& fixture, const std::string& name) {
  const TrainingSettings settings = fixture.settings(name);
  BORNITE_TRY(const CostTable* table, fixture.table());
  BORNITE_TRY(const auto objective, make_objective(settings.objective));
  const Circuit circuit = make_ansatz(settings.circuit.ansatz, fixture.problem().qubits(), settings.circuit.depth);
  StatevectorBackend backend;
  const ExactEstimator estimator(backend, circuit, *objective, *table);
  const std::vector<double> theta = initial_angles(circuit.parameters(), 1, 0);
  std::vector<double> gradient(theta.size());
  measure(state, threads, [&]() -> Result<void> {
    BORNITE_TRY(const Estimate estimate, estimator.evaluate(theta, gradient, {}));
    benchmark::DoNotOptimize(estimate.terms.value);
    return {};
  });
  return {};
}

Result<void> run_restart(benchmark::State& state, std::size_t threads, Fixture& fixture, const std::string& name) {
  StatevectorBackend backend;
  BORNITE_TRY(Trainer trainer, Trainer::create(fixture.problem(), fixture.settings(name), backend));
  double evaluations = 0;
  measure(state, threads, [&]() -> Result<void> {
    BORNITE_TRY(const TrainingResult result, trainer.run(nullptr));
    evaluations = static_cast<double>(result.restarts[0].optimum.evaluations);
    return {};
  });
  state.counters[items_counter] = evaluations;
  return {};
}

using RunOn = Result<void> (*)(benchmark::State&, std::size_t, Fixture&, const std::string&);

BenchmarkCase case_of(RunOn run_on, std::string_view what, const std::shared_ptr<Fixture>& fixture, std::string name) {
  return {.group = "training",
          .name = fmt::format("training/{}/{}", what, name),
          .bits = fixture->problem().qubits(),
          .items = {"evaluation", 1},
          .work = {},
          .run = [=](benchmark::State& state, std::size_t threads) {
            const Result<void> outcome = run_on(state, threads, *fixture, name);
            if (!outcome) state.SkipWithError(describe(outcome.error()).c_str());
          }};
}

}  // namespace

BenchmarkCases training_cases(const Scope& scope) {
  const auto fixture =
      std::make_shared<Fixture>(builtin_problem("mnist01", scope.quick).value(), scope.pick<std::size_t>(500, 3));
  BenchmarkCases cases;
  for (const char* name : {"mle", "elbo", "selbo"}) {
    cases.push_back(case_of(run_step, "step", fixture, name));
    cases.back().work = gradient_work(Entanglement::brickwork, fixture->problem().qubits(), 4, Precision::complex128);
    cases.push_back(case_of(run_restart, "restart", fixture, name));
  }
  return cases;
}

}  // namespace bornite::bench
