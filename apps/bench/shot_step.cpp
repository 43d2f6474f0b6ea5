// What a training step from shots takes besides sampling: brickwork of depth 4, 1,024 shots, the outcomes at hand.

#include <fmt/format.h>

#include <memory>
#include <optional>

#include "benchmark_case.hpp"
#include "bornite/backend/sample.hpp"
#include "bornite/circuit/ansatz.hpp"
#include "bornite/statevector/statevector_backend.hpp"
#include "bornite/train/estimator.hpp"
#include "bornite/train/trainer.hpp"
#include "problems.hpp"

namespace bornite::bench {
namespace {

/// Answers every request of as many rows with the outcomes of the first one.
class RememberingBackend final : public QuantumBackend {
 public:
  const Capabilities& capabilities() const override { return source_.capabilities(); }
  Result<JobId> submit(const SampleRequest& request, const SubmissionToken& token) override {
    if (!table_ || table_->rows() != request.rows.rows()) {
      BORNITE_TRY(table_, sample(source_, request));
    }
    return token;
  }
  Result<JobStatus> poll(const JobId&) override { return JobStatus{.state = JobState::done}; }
  Result<ShotTable> fetch(const JobId&, const JobShape&) override { return *table_; }
  Result<void> cancel(const JobId&) override { return {}; }

 private:
  StatevectorBackend source_;
  std::optional<ShotTable> table_{};
};

Result<void> run_step(benchmark::State& state, std::size_t threads, const Problem& problem, const std::string& name) {
  BORNITE_TRY(const auto objective, make_objective({.name = name, .prior = Prior::uniform(problem.qubits())}));
  const Circuit circuit = make_ansatz(AnsatzKind::brickwork, problem.qubits(), 4);
  RememberingBackend backend;
  CachedCosts costs(problem.costs);
  BORNITE_TRY(const auto estimator, ShotEstimator::create(backend, circuit, *objective, costs, 1024));
  const std::vector<double> theta = initial_angles(circuit.parameters(), 1, 0);
  std::vector<double> gradient(theta.size());
  measure(state, threads, [&]() -> Result<void> {
    BORNITE_TRY(const Estimate estimate, estimator->evaluate(theta, gradient, {}));
    benchmark::DoNotOptimize(estimate.terms.value);
    return {};
  });
  state.counters[items_counter] = static_cast<double>(estimator->demand(true).rows);
  return {};
}

}  // namespace

BenchmarkCases shot_step_cases(const Scope& scope) {
  const auto problem = std::make_shared<Problem>(builtin_problem("mnist01", scope.quick).value());
  BenchmarkCases cases;
  for (const std::string name : {"mle", "cvar", "selbo"})
    cases.push_back({.group = "training",
                     .name = fmt::format("training/shots/{}", name),
                     .bits = problem->qubits(),
                     .items = {"row", 1},
                     .work = {},
                     .run = [=](benchmark::State& state, std::size_t threads) {
                       const Result<void> outcome = run_step(state, threads, *problem, name);
                       if (!outcome) state.SkipWithError(describe(outcome.error()).c_str());
                     }});
  return cases;
}

}  // namespace bornite::bench
