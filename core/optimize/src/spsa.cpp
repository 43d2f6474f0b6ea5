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

/// Slopes along some perturbations from two evaluations each at distance `c`; a slope times its perturbation estimates
/// the gradient.
class Slopes {
 public:
  Slopes(CountedObjective& evaluate, const BatchFunction& batch) : evaluate_(evaluate), batch_(batch) {}

  Result<std::vector<double>> operator()(std::span<const double> theta,
                                         std::span<const std::vector<double>> perturbations, double c) const {
    std::vector<std::vector<double>> points;
    for (const std::vector<double>& signs : perturbations)
      for (const double distance : {c, -c}) {
        points.emplace_back(theta.begin(), theta.end());
        for (std::size_t i = 0; i < signs.size(); ++i) points.back()[i] += distance * signs[i];
      }
    BORNITE_TRY(const std::vector<double> values, evaluate_(batch_, points));
    std::vector<double> slopes;
    for (std::size_t j = 0; j < perturbations.size(); ++j)
      slopes.push_back((values[2 * j] - values[2 * j + 1]) / (2 * c));
    return slopes;
  }

 private:
  CountedObjective& evaluate_;
  const BatchFunction& batch_;
};

class Spsa final : public Optimizer {
 public:
  explicit Spsa(OptimizerSettings settings)
      : settings_(std::move(settings)),
        stability_(settings_.spsa.stability.value_or(0.1 * static_cast<double>(settings_.iterations))) {}

  std::string_view name() const override { return "spsa"; }
  bool needs_gradient() const override { return false; }
  std::size_t max_evaluations() const override {
    return 2 * settings_.spsa.perturbations * settings_.iterations + 1 + (settings_.spsa.a ? 0 : 2 * calibrations);
  }
  std::size_t points_per_request() const override { return 2 * settings_.spsa.perturbations; }
  std::size_t max_requests() const override { return settings_.iterations + 1 + (settings_.spsa.a ? 0 : 1); }

  Result<OptimizerResult> minimize(std::vector<double> theta, const ObjectiveFunction& objective,
                                   const BatchFunction& batch) const override {
    BORNITE_CHECK(require_start(theta));
    CountedObjective evaluate(objective);
    const Slopes slopes_along(evaluate, batch);
    BORNITE_TRY(const double a, gain(slopes_along, theta));
    const std::size_t averaged = settings_.spsa.perturbations;
    for (std::size_t k = 1; k <= settings_.iterations; ++k) {
      std::vector<std::vector<double>> perturbations;
      for (std::size_t j = 0; j < averaged; ++j)
        perturbations.push_back(random_signs(key(k, j == 0 ? 0 : static_cast<std::uint32_t>(j + 1)), theta.size()));
      const double c = settings_.spsa.c / std::pow(static_cast<double>(k), settings_.spsa.gamma);
      BORNITE_TRY(const std::vector<double> slopes, slopes_along(theta, perturbations, c));
      for (std::size_t j = 0; j < averaged; ++j) {
        const double step = a * decay(k) * slopes[j] / static_cast<double>(averaged);
        for (std::size_t i = 0; i < theta.size(); ++i) theta[i] -= step * perturbations[j][i];
      }
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

  Result<double> gain(const Slopes& slopes_along, std::span<const double> theta) const {
    if (settings_.spsa.a) return *settings_.spsa.a;
    std::vector<std::vector<double>> perturbations;
    for (std::size_t k = 0; k < calibrations; ++k) perturbations.push_back(random_signs(key(k, 1), theta.size()));
    BORNITE_TRY(const std::vector<double> slopes, slopes_along(theta, perturbations, settings_.spsa.c));
    double sum = 0.0;
    for (const double slope : slopes) sum += std::abs(slope);
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
