#include "bornite/inference/distribution_summary.hpp"

#include "block_sums.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <stdexcept>
#include <vector>

namespace bornite {
namespace {

double entropy_term(double q) { return q > 0 ? -q * std::log(q) : 0; }

void fill_sums(std::span<const double> q, std::span<const double> costs, double near, DistributionSummary& summary) {
  const auto [cost, entropy, mass] = sum_over_entries<3>(q.size(), [&](std::size_t s, std::size_t) {
    return std::array{q[s] * costs[s], entropy_term(q[s]), costs[s] <= near ? q[s] : 0.0};
  });
  summary.expected_cost = cost;
  summary.entropy = entropy;
  summary.mass_near_optimum = mass;
}

std::optional<std::size_t> best_found(std::span<const double> q, std::span<const double> costs, double threshold) {
  std::optional<std::size_t> best;
  for (std::size_t s = 0; s < q.size(); ++s) {
    if (!(q[s] > threshold)) continue;
    if (!best || costs[s] < costs[*best] || (costs[s] == costs[*best] && q[s] > q[*best])) best = s;
  }
  return best;
}

DistributionSummary summarise_all(std::span<const double> q, std::span<const double> costs,
                                  const SummaryOptions& options, std::optional<double> optimum) {
  DistributionSummary summary;
  fill_sums(q, costs, optimum.value_or(0) + options.gap, summary);
  if (!optimum) summary.mass_near_optimum.reset();
  summary.most_probable = static_cast<std::size_t>(std::ranges::max_element(q) - q.begin());
  summary.most_probable_probability = q[summary.most_probable];
  summary.best = best_found(q, costs, options.threshold);
  return summary;
}

}  // namespace

DistributionSummary summarise(std::span<const double> q, std::span<const double> costs, const SummaryOptions& options) {
  if (q.empty() || costs.size() != q.size())
    throw std::invalid_argument(fmt::format("A summary met {} probabilities and {} costs.", q.size(), costs.size()));
  return summarise_all(q, costs, options, options.optimum.value_or(*std::ranges::min_element(costs)));
}

DistributionSummary summarise(const ShotRow& sample, std::span<const double> costs, const SummaryOptions& options) {
  if (sample.shots() == 0 || costs.size() != sample.size())
    throw std::invalid_argument(fmt::format("A summary met {} distinct strings in {} shots and {} costs.",
                                            sample.size(), sample.shots(), costs.size()));
  std::vector<double> q(sample.size());
  for (std::size_t i = 0; i < q.size(); ++i)
    q[i] = static_cast<double>(sample.counts()[i]) / static_cast<double>(sample.shots());
  return summarise_all(q, costs, options, options.optimum);
}

}  // namespace bornite
