#include "progress_log.hpp"

#include <algorithm>
#include <cmath>
#include <mutex>
#include <optional>
#include <utility>

namespace bornite {
namespace {

using SteadyClock = std::chrono::steady_clock;

/// A checkpoint is written this often, or less often if writing takes more than a twentieth of the time.
constexpr SteadyClock::duration checkpoint_interval = std::chrono::seconds(2);

double seconds_since(SteadyClock::time_point start) {
  return std::chrono::duration<double>(SteadyClock::now() - start).count();
}

Result<void> require_finite(const Estimate& estimate) {
  if (std::isfinite(estimate.terms.value)) return {};
  return Error{ErrorKind::numeric, "The objective is not a finite number any more.", "Check the data and the costs."};
}

}  // namespace

struct ProgressLog::State {
  RunDirectory* directory = nullptr;
  TrainingHooks hooks;
  RunExtent extent;
  EvaluationLog log;
  std::vector<std::size_t> position;  // evaluations of each restart that its optimiser has seen
  std::mutex mutex{};                 // guards what follows, and log while it is saved
  bool stopped = false;
  std::uint64_t evaluations = 0;
  std::optional<double> best{};
  SteadyClock::time_point saved = SteadyClock::now();
  SteadyClock::duration interval = checkpoint_interval;

  Result<void> save() {
    if (!directory) return {};
    const auto start = SteadyClock::now();
    BORNITE_CHECK(directory->flush_metrics());
    BORNITE_CHECK(directory->save_log(log));
    saved = SteadyClock::now();
    interval = std::max(checkpoint_interval, 20 * (saved - start));
    return {};
  }

  /// All of them before the next checkpoint, because they were made together.
  Result<void> record(std::size_t restart, std::vector<RecordedEvaluation> evaluations_made) {
    const std::lock_guard lock(mutex);
    for (RecordedEvaluation& evaluation : evaluations_made) {
      log[restart].push_back(std::move(evaluation));
      if (directory) BORNITE_CHECK(directory->append_metrics(restart, log[restart].size() - 1, log[restart].back()));
    }
    if (!directory) return {};
    return SteadyClock::now() - saved > interval ? save() : Result<void>{};
  }

  void tell(std::size_t restart, std::size_t step) {
    const std::lock_guard lock(mutex);
    const RecordedEvaluation& evaluation = log[restart][step];
    const ObjectiveTerms& terms = evaluation.estimate.terms;
    const bool warming_up = evaluation.stage + 1 < extent.stages;
    ++evaluations;
    if (!warming_up) best = std::min(best.value_or(terms.value), terms.value);
    if (hooks.on_progress)
      hooks.on_progress({.restart = restart,
                         .step = step,
                         .evaluations = evaluations,
                         .planned = extent.evaluations,
                         .warming_up = warming_up,
                         .terms = terms,
                         .best_objective = best});
  }

  Error refuse() {
    const std::lock_guard lock(mutex);
    stopped = true;
    return {ErrorKind::cancelled, "The training was asked to stop.", "Continue it with --resume."};
  }
};

ProgressLog::ProgressLog(std::unique_ptr<State> state) : state_(std::move(state)) {}
ProgressLog::~ProgressLog() = default;
ProgressLog::ProgressLog(ProgressLog&&) noexcept = default;
ProgressLog& ProgressLog::operator=(ProgressLog&&) noexcept = default;

Result<ProgressLog> ProgressLog::open(RunDirectory* directory, const RunExtent& extent, const TrainingHooks& hooks) {
  EvaluationLog log(extent.restarts);
  if (directory) {
    BORNITE_TRY(log, directory->load_log(extent.restarts));
    BORNITE_CHECK(directory->start_metrics(log));
  }
  auto state = std::unique_ptr<State>(new State{.directory = directory,
                                                .hooks = hooks,
                                                .extent = extent,
                                                .log = std::move(log),
                                                .position = std::vector<std::size_t>(extent.restarts)});
  return ProgressLog(std::move(state));
}

Result<double> ProgressLog::evaluate(std::size_t restart, std::size_t stage, std::span<double> gradient,
                                     const std::function<Result<Estimate>()>& estimate) {
  State& s = *state_;
  const std::size_t step = s.position[restart]++;
  if (step >= s.log[restart].size()) {
    if (s.hooks.stop && s.hooks.stop->load()) return s.refuse();
    const auto start = SteadyClock::now();
    BORNITE_TRY(const Estimate made, estimate());
    BORNITE_CHECK(require_finite(made));
    BORNITE_CHECK(s.record(restart, {{.stage = static_cast<std::uint32_t>(stage),
                                      .estimate = made,
                                      .seconds = seconds_since(start),
                                      .gradient = {gradient.begin(), gradient.end()}}}));
  }
  const RecordedEvaluation& known = s.log[restart][step];
  if (known.gradient.size() != gradient.size())
    return Error{ErrorKind::input,
                 "The checkpoint does not fit this optimizer: a recorded gradient has another length.",
                 "Start the run anew in another folder."};
  std::ranges::copy(known.gradient, gradient.begin());
  s.tell(restart, step);
  return known.estimate.terms.value;
}

Result<std::vector<double>> ProgressLog::evaluate_all(std::size_t restart, std::size_t stage, std::size_t count,
                                                      const std::function<Result<std::vector<Estimate>>()>& estimates) {
  State& s = *state_;
  const std::size_t first = std::exchange(s.position[restart], s.position[restart] + count);
  if (first >= s.log[restart].size()) {
    if (s.hooks.stop && s.hooks.stop->load()) return s.refuse();
    const auto start = SteadyClock::now();
    BORNITE_TRY(const std::vector<Estimate> made, estimates());
    const double seconds = seconds_since(start) / static_cast<double>(count);
    std::vector<RecordedEvaluation> evaluations;
    for (const Estimate& estimate : made) {
      BORNITE_CHECK(require_finite(estimate));
      evaluations.push_back(
          {.stage = static_cast<std::uint32_t>(stage), .estimate = estimate, .seconds = seconds, .gradient = {}});
    }
    BORNITE_CHECK(s.record(restart, std::move(evaluations)));
  }
  if (s.log[restart].size() < s.position[restart])
    return Error{ErrorKind::input, "The checkpoint does not fit this optimizer: it ends within a step.",
                 "Start the run anew in another folder."};
  std::vector<double> values;
  for (std::size_t step = first; step < s.position[restart]; ++step) {
    values.push_back(s.log[restart][step].estimate.terms.value);
    s.tell(restart, step);
  }
  return values;
}

bool ProgressLog::stopped() const {
  const std::lock_guard lock(state_->mutex);
  return state_->stopped;
}

Result<void> ProgressLog::save() {
  const std::lock_guard lock(state_->mutex);
  return state_->save();
}

const std::vector<RecordedEvaluation>& ProgressLog::restart(std::size_t restart) const { return state_->log[restart]; }

}  // namespace bornite
