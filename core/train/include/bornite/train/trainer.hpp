#pragma once
// Trains a circuit on a problem, from several random starts at once.

#include "bornite/backend/backend.hpp"
#include "bornite/train/estimator.hpp"
#include "bornite/train/run_directory.hpp"
#include "bornite/train/settings.hpp"
#include "bornite/train/state_report.hpp"
#include "bornite/util/error.hpp"

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace bornite {

/// One restart, from its random start to its end.
struct RestartResult {
  std::size_t restart = 0;
  OptimizerResult optimum;
  ObjectiveTerms final_terms;  ///< at the final angles
  StateReport state;
  double seconds = 0;  ///< spent in evaluations of this restart
  std::uint64_t jobs = 0;
  std::uint64_t shots = 0;
};

struct TrainingResult {
  bool interrupted = false;             ///< stopped before the end; `restarts` is then empty
  std::vector<RestartResult> restarts;  ///< in order
  /// The restart with the lowest final objective; from shots the one whose best network has the lowest cost on the
  /// training data, and among equal ones the lowest estimate of the objective.
  std::size_t best = 0;
  /// What no elbo can be below: minus the log evidence times beta. Known for elbo with a positive beta.
  std::optional<double> evidence_bound{};
};

/// A request as a training is going to make it, at other angles, again and again.
struct PlannedRequest {
  std::string purpose;  ///< for people, e.g. "each step"
  SampleRequest request;
  std::uint64_t times = 0;  ///< at most, over all restarts
};

/// What a training is going to take.
struct TrainingPlan {
  std::size_t qubits = 0;
  std::size_t parameters = 0;
  std::uint64_t evaluations = 0;  ///< of the objective, at most, over all restarts
  EvaluationDemand evaluation{};  ///< of one evaluation of the objective itself
  std::uint64_t jobs = 0;         ///< at most; 0 with exact probabilities
  std::uint64_t shots = 0;        ///< at most; 0 with exact probabilities
  std::uint64_t table_bytes = 0;  ///< of the cost table; 0 if none is made
  std::uint64_t run_directory_bytes = 0;
  std::vector<PlannedRequest> requests{};  ///< none with exact probabilities
};

/// Where a training stands, after one more evaluation.
struct TrainingProgress {
  std::size_t restart = 0;
  std::size_t step = 0;                    ///< index of the evaluation within its restart
  std::uint64_t evaluations = 0;           ///< so far, over all restarts, replayed ones included
  std::uint64_t planned = 0;               ///< evaluations at most
  bool warming_up = false;                 ///< in a stage before the objective itself
  ObjectiveTerms terms;                    ///< of the stage
  std::optional<double> best_objective{};  ///< lowest of the objective itself in any restart, once it was evaluated
};

struct TrainingHooks {
  /// Called after each evaluation, by one thread at a time. May be empty.
  std::function<void(const TrainingProgress&)> on_progress{};
  /// Called when a longer piece of work begins, with a few words about it. May be empty.
  std::function<void(const std::string&)> on_phase{};
  /// When it becomes true, the run stops at the next evaluation and leaves a checkpoint. May be null.
  const std::atomic<bool>* stop = nullptr;
};

class Trainer {
 public:
  /// Refuses settings that do not fit together, e.g. an exact objective on a backend that only gives shots, and a cost
  /// table that does not fit into memory. `problem` and `backend` must live as long as the trainer.
  [[nodiscard]] static Result<Trainer> create(const Problem& problem, TrainingSettings settings,
                                              QuantumBackend& backend);
  ~Trainer();
  Trainer(Trainer&&) noexcept;
  Trainer& operator=(Trainer&&) noexcept;

  [[nodiscard]] TrainingPlan plan() const;

  /// Runs all restarts, or goes on where the log of `directory` ends. Writes metrics, checkpoints, angles.txt and
  /// result.json. The same settings give the same result whatever the number of threads and interruptions. `directory`
  /// may be null: then nothing is written.
  [[nodiscard]] Result<TrainingResult> run(RunDirectory* directory, const TrainingHooks& hooks = {});

 private:
  struct State;
  explicit Trainer(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

/// Angles of restart r at its start: uniform in [0, 2 pi), from (seed, r) alone.
[[nodiscard]] std::vector<double> initial_angles(std::size_t parameters, std::uint64_t seed, std::uint32_t restart);

}  // namespace bornite
