#pragma once
// What every method asks of its start and of the objective's values.

#include "bornite/optimize/optimizer.hpp"

namespace bornite {

[[nodiscard]] Result<void> require_start(std::span<const double> start);

/// Largest absolute component.
[[nodiscard]] double largest_component(std::span<const double> gradient);

/// Calls the objective, counts the calls and refuses numbers that are not finite.
class CountedObjective {
 public:
  explicit CountedObjective(const ObjectiveFunction& objective) : objective_(objective) {}

  [[nodiscard]] Result<double> operator()(std::span<const double> theta, std::span<double> gradient);
  [[nodiscard]] Result<std::vector<double>> operator()(const BatchFunction& batch,
                                                       std::span<const std::vector<double>> thetas);
  [[nodiscard]] std::size_t evaluations() const { return evaluations_; }

 private:
  [[nodiscard]] Result<void> require_finite(double value) const;

  const ObjectiveFunction& objective_;
  std::size_t evaluations_ = 0;
};

}  // namespace bornite
