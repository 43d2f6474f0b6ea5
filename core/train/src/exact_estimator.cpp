#include "bornite/train/estimator.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

namespace bornite {
namespace {

double sum(std::span<const double> terms) {
  std::array<double, 16> sums{};  // side by side, for vectors
  std::size_t i = 0;
  for (; i + sums.size() <= terms.size(); i += sums.size())
    for (std::size_t k = 0; k < sums.size(); ++k) sums[k] += terms[i + k];
  return std::accumulate(sums.begin(), sums.end(), std::accumulate(terms.begin() + i, terms.end(), 0.0));
}

/// The probabilities divided by their sum if that is not 1, as of a backend that computes in floats: the 1e-7 that they
/// are off would be all that is left of the difference to the optimum.
Distribution normalised(Distribution distribution) {
  const double total = sum(distribution.probabilities());
  if (std::abs(total - 1) < 1e-12 || !(total > 0)) return distribution;
  std::vector<double> q(distribution.probabilities().begin(), distribution.probabilities().end());
  for (double& x : q) x /= total;
  return {distribution.qubits(), std::move(q)};
}

}  // namespace

ExactEstimator::ExactEstimator(ExactBackend& backend, const Circuit& circuit, const Objective& objective,
                               const CostTable& costs)
    : backend_(backend), circuit_(circuit), objective_(objective), costs_(costs) {}

Result<Estimate> ExactEstimator::evaluate(Theta theta, std::span<double> gradient, const StreamKey&,
                                          std::span<const double>) const {
  if (gradient.empty()) {
    BORNITE_TRY(Distribution measured, backend_.probabilities(circuit_, theta));
    const Distribution distribution = normalised(std::move(measured));
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
