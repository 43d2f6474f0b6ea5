#pragma once
// The evaluations of all restarts of one run: replayed if they are known, else made, recorded, told and saved.

#include "bornite/train/evaluation_log.hpp"
#include "bornite/train/run_directory.hpp"
#include "bornite/train/trainer.hpp"

#include <chrono>
#include <functional>
#include <memory>

namespace bornite {

/// How much a run is going to be.
struct RunExtent {
  std::size_t restarts = 1;
  std::size_t stages = 1;         ///< of each restart; the last is the objective itself
  std::uint64_t evaluations = 0;  ///< at most, over all restarts
};

/// Used by all restarts at once; each has one thread at a time.
class ProgressLog {
 public:
  /// Starts from the checkpoint in `directory`, if both exist.
  static Result<ProgressLog> open(RunDirectory* directory, const RunExtent& extent, const TrainingHooks& hooks);
  ~ProgressLog();
  ProgressLog(ProgressLog&&) noexcept;
  ProgressLog& operator=(ProgressLog&&) noexcept;

  /// The next value of this stage's objective, its gradient in `gradient`. Calls `estimate` only if it is not
  /// recorded. Refuses with ErrorKind::cancelled once the run is asked to stop.
  Result<double> evaluate(std::size_t restart, std::size_t stage, std::span<double> gradient,
                          const std::function<Result<Estimate>()>& estimate);

  /// The next values, all made by one call of `estimates`.
  Result<std::vector<double>> evaluate_all(std::size_t restart, std::size_t stage, std::size_t count,
                                           const std::function<Result<std::vector<Estimate>>()>& estimates);

  /// Whether an evaluation was refused because the run was asked to stop.
  [[nodiscard]] bool stopped() const;
  /// Writes the checkpoint and what is pending of the metrics.
  Result<void> save();
  [[nodiscard]] const std::vector<RecordedEvaluation>& restart(std::size_t restart) const;

 private:
  struct State;
  explicit ProgressLog(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace bornite
