#include "bornite/optimize/optimizer.hpp"

#include <fmt/format.h>

#include <cmath>
#include <utility>

#include "methods.hpp"

namespace bornite {
namespace {

/// One setting, the range that it must lie in, and the range in words.
struct Requirement {
  std::string_view key;
  double value;
  bool holds;
  std::string_view range;
};

bool positive(double value) { return std::isfinite(value) && value > 0; }
bool not_negative(double value) { return std::isfinite(value) && value >= 0; }

Result<void> require_all(std::initializer_list<Requirement> requirements) {
  for (const Requirement& r : requirements)
    if (!r.holds)
      return Error{ErrorKind::configuration, fmt::format("The setting optimizer.{} is {}.", r.key, r.value),
                   fmt::format("Give {}.", r.range)};
  return {};
}

Result<void> require_valid(const OptimizerSettings& s) {
  constexpr std::string_view above_zero = "a finite number above 0";
  constexpr std::string_view from_zero = "a finite number of 0 or more";
  constexpr std::string_view decay = "a number from 0 to below 1";
  constexpr std::string_view exponent = "a number above 0 and up to 1";
  const double iterations = static_cast<double>(s.iterations);
  const double memory = static_cast<double>(s.memory);
  const double tolerance = s.gradient_tolerance.value_or(0.0);
  const double a = s.spsa.a.value_or(1.0);
  const double stability = s.spsa.stability.value_or(0.0);
  return require_all({
      {"iterations", iterations, s.iterations >= 1 && s.iterations <= 1'000'000'000, "a whole number from 1 to 1e9"},
      {"learning_rate", s.learning_rate, positive(s.learning_rate), above_zero},
      {"beta1", s.beta1, s.beta1 >= 0 && s.beta1 < 1, decay},
      {"beta2", s.beta2, s.beta2 >= 0 && s.beta2 < 1, decay},
      {"epsilon", s.epsilon, positive(s.epsilon), above_zero},
      {"gradient_tolerance", tolerance, not_negative(tolerance), from_zero},
      {"memory", memory, s.memory >= 1 && s.memory <= 1000, "a whole number from 1 to 1000"},
      {"initial_step", s.initial_step, positive(s.initial_step), above_zero},
      {"spsa.a", a, positive(a), above_zero},
      {"spsa.c", s.spsa.c, positive(s.spsa.c), above_zero},
      {"spsa.stability", stability, not_negative(stability), from_zero},
      {"spsa.alpha", s.spsa.alpha, s.spsa.alpha > 0 && s.spsa.alpha <= 1, exponent},
      {"spsa.perturbations", static_cast<double>(s.spsa.perturbations),
       s.spsa.perturbations >= 1 && s.spsa.perturbations <= 1'000'000, "a whole number from 1 to 1e6"},
      {"spsa.gamma", s.spsa.gamma, s.spsa.gamma > 0 && s.spsa.gamma <= 1, exponent},
  });
}

}  // namespace

Result<OptimizerResult> Optimizer::minimize(std::vector<double> start, const ObjectiveFunction& objective) const {
  const auto one_by_one = [&](std::span<const std::vector<double>> thetas) -> Result<std::vector<double>> {
    std::vector<double> values;
    for (const std::vector<double>& theta : thetas) {
      BORNITE_TRY(const double value, objective(theta, {}));
      values.push_back(value);
      if (!std::isfinite(value)) break;  // refused as soon as it is returned
    }
    return values;
  };
  return minimize(std::move(start), objective, one_by_one);
}

std::string_view to_string(StopReason reason) {
  switch (reason) {
    case StopReason::iterations: return "iterations";
    case StopReason::gradient_tolerance: return "gradient_tolerance";
    case StopReason::no_progress: return "no_progress";
  }
  return "?";
}

std::vector<std::string_view> optimizer_names() {
  std::vector<std::string_view> names{"adam", "spsa"};
  for (const std::string_view name : nlopt_names()) names.push_back(name);
  return names;
}

Result<std::unique_ptr<Optimizer>> make_optimizer(const OptimizerSettings& settings) {
  BORNITE_CHECK(require_valid(settings));
  if (settings.name == "adam") return make_adam(settings);
  if (settings.name == "spsa") return make_spsa(settings);
  if (auto optimizer = make_nlopt(settings)) return optimizer;
  return Error{ErrorKind::configuration, fmt::format("There is no optimizer named \"{}\".", settings.name),
               fmt::format("Choose one of {}.", fmt::join(optimizer_names(), ", "))};
}

}  // namespace bornite
