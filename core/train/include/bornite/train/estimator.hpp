#pragma once
// How a training learns the objective and its gradient at some angles: from exact probabilities or from shots.

#include "bornite/backend/exact_backend.hpp"
#include "bornite/circuit/circuit.hpp"
#include "bornite/inference/objective.hpp"
#include "bornite/network/cached_costs.hpp"
#include "bornite/network/cost_table.hpp"
#include "bornite/train/parameter_shift.hpp"
#include "bornite/util/error.hpp"
#include "bornite/util/random.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

namespace bornite {

/// The objective at some angles, and what it took to learn it.
struct Estimate {
  ObjectiveTerms terms;
  /// Of the gradient's Euclidean norm, to first order; from shots only.
  std::optional<double> gradient_norm_error{};
  std::uint64_t jobs = 0;
  std::uint64_t shots = 0;
  /// Standard deviation of what one shot of each shifted row adds to the gradient; kept where shots are allocated by
  /// it.
  std::vector<double> row_spreads{};
};

/// What one evaluation takes from a backend; nothing with exact probabilities.
struct EvaluationDemand {
  std::uint64_t jobs = 0;
  std::uint64_t rows = 0;   ///< circuits, over all jobs
  std::uint64_t shots = 0;  ///< over all rows
};

/// May be called from several threads at once.
class Estimator {
 public:
  virtual ~Estimator() = default;

  /// Fills `gradient` unless it is empty. Draws shots, if any, from `stream` alone. `row_spreads` are those of the
  /// evaluation before, if there are any.
  [[nodiscard]] virtual Result<Estimate> evaluate(Theta theta, std::span<double> gradient, const StreamKey& stream,
                                                  std::span<const double> row_spreads = {}) const = 0;
  /// The objective at several points, which are one job where there are shots; the first estimate counts it.
  [[nodiscard]] virtual Result<std::vector<Estimate>> evaluate_all(std::span<const std::vector<double>> thetas,
                                                                   const StreamKey& stream) const = 0;
  /// What evaluate() takes, exactly, with a gradient or without.
  [[nodiscard]] virtual EvaluationDemand demand(bool with_gradient) const = 0;
};

/// Exact values from the probabilities of all outcomes, gradients by the adjoint method.
class ExactEstimator : public Estimator {
 public:
  /// Everything is referred to and must live as long as the estimator.
  ExactEstimator(ExactBackend& backend, const Circuit& circuit, const Objective& objective, const CostTable& costs);

  [[nodiscard]] Result<Estimate> evaluate(Theta theta, std::span<double> gradient, const StreamKey& stream,
                                          std::span<const double> row_spreads = {}) const override;
  [[nodiscard]] Result<std::vector<Estimate>> evaluate_all(std::span<const std::vector<double>> thetas,
                                                           const StreamKey& stream) const override;
  [[nodiscard]] EvaluationDemand demand(bool) const override { return {}; }

 private:
  ExactBackend& backend_;
  const Circuit& circuit_;
  const Objective& objective_;
  const CostTable& costs_;
};

/// What is done about known errors of a device before its shots are used.
enum class Mitigation {
  none,
  readout,  ///< bornite::mitigate(), with the errors from two more rows of each request, at all zeros and all ones
};

/// How the shots of a gradient are spread over its shifted rows. The base sample has as many either way, and so have
/// all rows together.
enum class ShotAllocation {
  equal,
  variance,  ///< in proportion to the scatter of each row in the step before, but at least an eighth
};

/// How estimates are made from shots.
struct ShotOptions {
  Mitigation mitigation = Mitigation::none;
  ShotAllocation allocation = ShotAllocation::equal;
  /// Whether rows whose means are subtracted from each other share their random numbers, where a simulator draws them:
  /// the difference scatters less. The errors that are told take rows for independent, and are then too large.
  bool common_seeds = false;
};

/// Estimates from shots alone, gradients by ParameterShift: row 0 of the one request is theta itself, whose sample is
/// independent of those of the shifted rows that follow.
class ShotEstimator : public Estimator {
 public:
  /// Refuses an objective that needs probabilities, too few shots for the objective, and to mitigate readout on a
  /// circuit that cannot prepare all zeros and all ones, and unequal shots on a backend that takes one number for all.
  /// Everything is referred to and must live as long as the estimator.
  [[nodiscard]] static Result<std::unique_ptr<ShotEstimator>> create(QuantumBackend& backend, const Circuit& circuit,
                                                                     const Objective& objective, CachedCosts& costs,
                                                                     std::uint64_t shots,
                                                                     const ShotOptions& options = {});

  [[nodiscard]] Result<Estimate> evaluate(Theta theta, std::span<double> gradient, const StreamKey& stream,
                                          std::span<const double> row_spreads = {}) const override;
  [[nodiscard]] Result<std::vector<Estimate>> evaluate_all(std::span<const std::vector<double>> thetas,
                                                           const StreamKey& stream) const override;
  [[nodiscard]] EvaluationDemand demand(bool with_gradient) const override;
  /// What evaluate() asks the backend for.
  [[nodiscard]] SampleRequest request(Theta theta, bool with_gradient, const StreamKey& stream) const;
  /// What evaluate_all() asks the backend for.
  [[nodiscard]] SampleRequest request(std::span<const std::vector<double>> thetas, const StreamKey& stream) const;

 private:
  struct Measured;

  ShotEstimator(QuantumBackend& backend, const Circuit& circuit, const Objective& objective, CachedCosts& costs,
                std::uint64_t shots, const ShotOptions& options);
  /// Rows from `first_paired` on are subtracted from each other in pairs.
  [[nodiscard]] SampleRequest request(const ParameterRows& rows, const StreamKey& stream,
                                      std::size_t first_paired) const;
  /// Of all rows of a gradient.
  [[nodiscard]] Shots allocate(std::span<const double> row_spreads) const;
  [[nodiscard]] Result<Measured> measure(const SampleRequest& request) const;
  /// The gradient from effective costs of all strings measured; returns the error of its norm.
  std::optional<double> add_up(const Measured& measured, std::span<const double> g, std::span<double> gradient,
                               std::vector<double>& row_spreads) const;

  QuantumBackend& backend_;
  ParameterShift shift_;
  const Objective& objective_;
  CachedCosts& costs_;
  std::uint64_t shots_;
  ShotOptions options_;
  std::vector<std::vector<double>> calibrations_{};  // rows that the readout errors come from; none or two
};

}  // namespace bornite
