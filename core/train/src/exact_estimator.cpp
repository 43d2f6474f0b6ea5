#include "bornite/train/estimator.hpp"

namespace bornite {

ExactEstimator::ExactEstimator(ExactBackend& backend, const Circuit& circuit, const Objective& objective,
                               const CostTable& costs)
    : backend_(backend), circuit_(circuit), objective_(objective), costs_(costs) {}

Result<std::unique_ptr<ExactEstimator>> ExactEstimator::create_annealed(ExactBackend& backend, const Circuit& circuit,
                                                                        const Objective& objective,
                                                                        const CostTable& costs,
                                                                        const Annealing& annealing, Prior prior) {
  auto estimator = std::make_unique<ExactEstimator>(backend, circuit, objective, costs);
  if (annealing.temperature == 0 || annealing.steps == 0) return estimator;
  estimator->annealing_ = annealing;
  estimator->no_costs_.resize(costs.costs().size());
  BORNITE_TRY(estimator->divergence_, make_objective({.name = "elbo", .beta = 1, .prior = std::move(prior)}));
  return estimator;
}

Result<Estimate> ExactEstimator::evaluate(Theta theta, std::span<double> gradient, const StreamKey& stream) const {
  if (gradient.empty()) {
    BORNITE_TRY(const Distribution distribution, backend_.probabilities(circuit_, theta));
    return Estimate{.terms = objective_.exact(distribution.probabilities(), costs_.costs(), {})};
  }
  Estimate estimate;
  const double temperature = annealing_.at(stream.step);
  const auto effective_cost = [&](std::span<const double> q, std::span<double> g) {
    estimate.terms = objective_.exact(q, costs_.costs(), g);
    if (temperature > 0) add_divergence(temperature, q, g);
  };
  BORNITE_CHECK(backend_.gradient(circuit_, theta, effective_cost, gradient));
  return estimate;
}

void ExactEstimator::add_divergence(double temperature, std::span<const double> q, std::span<double> g) const {
  std::vector<double> logarithms(q.size());
  divergence_->exact(q, no_costs_, logarithms);
  for (std::size_t s = 0; s < g.size(); ++s) g[s] += temperature * logarithms[s];
}

}  // namespace bornite
