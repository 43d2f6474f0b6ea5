#pragma once
// Objectives with known minima, and a recorder of the calls that an optimizer makes.

#include "bornite/optimize/optimizer.hpp"

#include <algorithm>
#include <cmath>
#include <memory>
#include <numbers>
#include <span>
#include <utility>
#include <vector>

namespace bornite::test {

inline std::unique_ptr<Optimizer> optimizer(const OptimizerSettings& settings) {
  return std::move(make_optimizer(settings)).value();
}

/// sum_i (i + 1) / 2 (x_i - i / 10 - 0.3)^2 + 1: minimum 1.
inline Result<double> quadratic(std::span<const double> x, std::span<double> gradient) {
  double value = 1.0;
  for (std::size_t i = 0; i < x.size(); ++i) {
    const double weight = static_cast<double>(i + 1);
    const double distance = x[i] - static_cast<double>(i) / 10 - 0.3;
    value += weight / 2 * distance * distance;
    if (!gradient.empty()) gradient[i] = weight * distance;
  }
  return value;
}

/// sum_i 100 (x_{i+1} - x_i^2)^2 + (1 - x_i)^2: minimum 0 at (1, ..., 1).
inline Result<double> rosenbrock(std::span<const double> x, std::span<double> gradient) {
  double value = 0.0;
  std::ranges::fill(gradient, 0.0);
  for (std::size_t i = 0; i + 1 < x.size(); ++i) {
    const double a = x[i + 1] - x[i] * x[i];
    const double b = 1 - x[i];
    value += 100 * a * a + b * b;
    if (gradient.empty()) continue;
    gradient[i] += -400 * a * x[i] - 2 * b;
    gradient[i + 1] += 200 * a;
  }
  return value;
}

/// offset + sum_k weight_k prod_{i in subset_k} cos x_i: the expected cost of a product circuit of Ry rotations.
class ProductCircuitCost {
 public:
  ProductCircuitCost(std::size_t qubits, double offset, double scale, std::uint64_t seed) : offset_(offset) {
    RandomStream random({.seed = seed, .purpose = StreamPurpose::test});
    for (std::size_t k = 0; k < 3 * qubits; ++k) {
      std::vector<std::size_t> subset;
      for (std::size_t j = 0; j < 1 + k % 3; ++j) subset.push_back(random() % qubits);
      std::ranges::sort(subset);
      subset.erase(std::unique(subset.begin(), subset.end()), subset.end());
      terms_.emplace_back(scale * random.normal(), std::move(subset));
    }
  }

  Result<double> operator()(std::span<const double> x, std::span<double> gradient) const {
    double value = offset_;
    std::ranges::fill(gradient, 0.0);
    for (const auto& [weight, subset] : terms_) {
      value += product(weight, subset, x, x.size());
      if (gradient.empty()) continue;
      for (const std::size_t i : subset) gradient[i] += product(weight, subset, x, i);
    }
    return value;
  }

 private:
  /// The term, or its derivative with respect to x_derived: cos' is cos a quarter turn later.
  static double product(double weight, const std::vector<std::size_t>& subset, std::span<const double> x,
                        std::size_t derived) {
    for (const std::size_t i : subset) weight *= std::cos(x[i] + (i == derived ? std::numbers::pi / 2 : 0.0));
    return weight;
  }

  double offset_;
  std::vector<std::pair<double, std::vector<std::size_t>>> terms_;
};

inline std::vector<double> random_angles(std::size_t count, std::uint64_t seed) {
  RandomStream random({.seed = seed, .purpose = StreamPurpose::initial_angles});
  std::vector<double> angles(count);
  for (double& angle : angles) angle = 2 * std::numbers::pi * random.uniform();
  return angles;
}

inline double slope(const ObjectiveFunction& objective, const std::vector<double>& theta) {
  std::vector<double> gradient(theta.size());
  (void)objective(theta, gradient).value();
  double largest = 0.0;
  for (const double component : gradient) largest = std::max(largest, std::abs(component));
  return largest;
}

/// One call of the objective with what it returned.
struct Call {
  std::vector<double> theta;
  std::vector<double> gradient;
  double value;
  friend bool operator==(const Call&, const Call&) = default;
};

/// Passes calls on and keeps them.
inline ObjectiveFunction record(ObjectiveFunction objective, std::vector<Call>& calls) {
  return [objective = std::move(objective), &calls](std::span<const double> theta,
                                                    std::span<double> gradient) -> Result<double> {
    const Result<double> value = objective(theta, gradient);
    if (value) calls.push_back({{theta.begin(), theta.end()}, {gradient.begin(), gradient.end()}, *value});
    return value;
  };
}

}  // namespace bornite::test
