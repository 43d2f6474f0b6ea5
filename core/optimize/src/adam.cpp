#include <cmath>
#include <utility>

#include "evaluation.hpp"
#include "methods.hpp"

namespace bornite {
namespace {

class AdamStep {
 public:
  AdamStep(const OptimizerSettings& settings, std::size_t parameters)
      : settings_(settings), mean_(parameters), square_(parameters) {}

  void apply(std::span<const double> gradient, std::span<double> theta) {
    power1_ *= settings_.beta1;
    power2_ *= settings_.beta2;
    for (std::size_t i = 0; i < theta.size(); ++i) {
      mean_[i] = settings_.beta1 * mean_[i] + (1 - settings_.beta1) * gradient[i];
      square_[i] = settings_.beta2 * square_[i] + (1 - settings_.beta2) * gradient[i] * gradient[i];
      const double mean = mean_[i] / (1 - power1_);
      const double square = square_[i] / (1 - power2_);
      theta[i] -= settings_.learning_rate * mean / (std::sqrt(square) + settings_.epsilon);
    }
  }

 private:
  const OptimizerSettings& settings_;
  double power1_ = 1.0;  // beta1 to the number of steps
  double power2_ = 1.0;
  std::vector<double> mean_;
  std::vector<double> square_;
};

class Adam final : public Optimizer {
 public:
  explicit Adam(OptimizerSettings settings) : settings_(std::move(settings)) {}

  std::string_view name() const override { return "adam"; }
  bool needs_gradient() const override { return true; }
  std::size_t max_evaluations() const override { return settings_.iterations + 1; }

  Result<OptimizerResult> minimize(std::vector<double> theta, const ObjectiveFunction& objective,
                                   const BatchFunction&) const override {
    BORNITE_CHECK(require_start(theta));
    const double tolerance = settings_.gradient_tolerance.value_or(0.0);
    CountedObjective evaluate(objective);
    AdamStep step(settings_, theta.size());
    std::vector<double> gradient(theta.size());
    for (std::size_t k = 0; k < settings_.iterations; ++k) {
      BORNITE_TRY(const double value, evaluate(theta, gradient));
      if (tolerance > 0 && largest_component(gradient) <= tolerance)
        return OptimizerResult{std::move(theta), value, k, evaluate.evaluations(), StopReason::gradient_tolerance};
      step.apply(gradient, theta);
    }
    BORNITE_TRY(const double value, evaluate(theta, {}));
    return OptimizerResult{std::move(theta), value, settings_.iterations, evaluate.evaluations(),
                           StopReason::iterations};
  }

 private:
  OptimizerSettings settings_;
};

}  // namespace

std::unique_ptr<Optimizer> make_adam(const OptimizerSettings& settings) { return std::make_unique<Adam>(settings); }

}  // namespace bornite
