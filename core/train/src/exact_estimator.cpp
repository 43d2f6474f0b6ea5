#include "bornite/train/estimator.hpp"

namespace bornite {

ExactEstimator::ExactEstimator(ExactBackend& backend, const Circuit& circuit, const Objective& objective,
                               const CostTable& costs)
    : backend_(backend), circuit_(circuit), objective_(objective), costs_(costs) {}

Result<Estimate> ExactEstimator::evaluate(Theta theta, std::span<double> gradient, const StreamKey&,
                                          std::span<const double>) const {
  if (gradient.empty()) {
    BORNITE_TRY(const Distribution distribution, backend_.probabilities(circuit_, theta));
    return Estimate{.terms = objective_.exact(distribution.probabilities(), costs_.costs(), {})};
  }
  Estimate estimate;
  const auto effective_cost = [&](std::span<const double> q, std::span<double> g) {
    estimate.terms = objective_.exact(q, costs_.costs(), g);
  };
  BORNITE_CHECK(backend_.gradient(circuit_, theta, effective_cost, gradient));
  return estimate;
}

Result<std::vector<Estimate>> ExactEstimator::evaluate_all(std::span<const std::vector<double>> thetas,
                                                           const StreamKey& stream) const {
  std::vector<Estimate> estimates;
  for (const std::vector<double>& theta : thetas) {
    BORNITE_TRY(const Estimate estimate, evaluate(theta, {}, stream));
    estimates.push_back(estimate);
  }
  return estimates;
}

}  // namespace bornite
