#include <cmath>
#include <utility>

#include "evaluation.hpp"
#include "methods.hpp"

namespace bornite {
namespace {

/// Estimates of the gradient's size that set the gain `a` if the user does not.
constexpr std::size_t calibrations = 10;

std::vector<double> random_signs(const StreamKey& key, std::size_t count) {
  RandomStream stream(key);
  std::vector<double> signs(count);
  for (double& sign : signs) sign = (stream() >> 63) != 0 ? 1.0 : -1.0;
  return signs;
}

/// The slope along `signs` from two evaluations at distance `c`; times signs[i] it estimates gradient component i.
Result<double> slope(CountedObjective& evaluate, std::span<const double> theta, std::span<const double> signs,
                     double c) {
  std::vector<double> shifted(theta.begin(), theta.end());
  for (std::size_t i = 0; i < shifted.size(); ++i) shifted[i] = theta[i] + c * signs[i];
  BORNITE_TRY(const double above, evaluate(shifted, {}));
  for (std::size_t i = 0; i < shifted.size(); ++i) shifted[i] = theta[i] - c * signs[i];
  BORNITE_TRY(const double below, evaluate(shifted, {}));
  return (above - below) / (2 * c);
}

class Spsa final : public Optimizer {
 public:
  explicit Spsa(OptimizerSettings settings)
      : settings_(std::move(settings)),
        stability_(settings_.spsa.stability.value_or(0.1 * static_cast<double>(settings_.iterations))) {}

  std::string_view name() const override { return "spsa"; }
  bool needs_gradient() const override { return false; }
  std::size_t max_evaluations() const override {
    return 2 * settings_.iterations + 1 + (settings_.spsa.a ? 0 : 2 * calibrations);
  }

  Result<OptimizerResult> minimize(std::vector<double> theta, const ObjectiveFunction& objective) const override {
    BORNITE_CHECK(require_start(theta));
    CountedObjective evaluate(objective);
    BORNITE_TRY(const double a, gain(evaluate, theta));
    for (std::size_t k = 1; k <= settings_.iterations; ++k) {
      const std::vector<double> signs = random_signs(key(k, 0), theta.size());
      const double c = settings_.spsa.c / std::pow(static_cast<double>(k), settings_.spsa.gamma);
      BORNITE_TRY(const double derivative, slope(evaluate, theta, signs, c));
      const double step = a * decay(k) * derivative;
      for (std::size_t i = 0; i < theta.size(); ++i) theta[i] -= step * signs[i];
    }
    BORNITE_TRY(const double value, evaluate(theta, {}));
    return OptimizerResult{std::move(theta), value, settings_.iterations, evaluate.evaluations(),
                           StopReason::iterations};
  }

 private:
  StreamKey key(std::size_t step, std::uint32_t block) const {
    StreamKey key = settings_.stream;
    key.purpose = StreamPurpose::spsa;
    key.step = static_cast<std::uint32_t>(step);
    key.block = block;
    return key;
  }

  double decay(std::size_t k) const {
    return 1.0 / std::pow(static_cast<double>(k) + stability_, settings_.spsa.alpha);
  }

  Result<double> gain(CountedObjective& evaluate, std::span<const double> theta) const {
    if (settings_.spsa.a) return *settings_.spsa.a;
    double sum = 0.0;
    for (std::size_t k = 0; k < calibrations; ++k) {
      const std::vector<double> signs = random_signs(key(k, 1), theta.size());
      BORNITE_TRY(const double derivative, slope(evaluate, theta, signs, settings_.spsa.c));
      sum += std::abs(derivative);
    }
    const double typical = sum / calibrations;
    // Where the start is flat any gain gives the same null step; a slope of one keeps the later ones in bounds.
    return settings_.learning_rate / (decay(1) * (typical > 0 ? typical : 1.0));
  }

  OptimizerSettings settings_;
  double stability_;
};

}  // namespace

std::unique_ptr<Optimizer> make_spsa(const OptimizerSettings& settings) { return std::make_unique<Spsa>(settings); }

}  // namespace bornite
