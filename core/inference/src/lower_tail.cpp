#include "lower_tail.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <utility>
#include <vector>

namespace bornite {
namespace {

constexpr std::size_t bins = 4096;

/// Numbers the bins between the least and the greatest cost. Monotonic, so that a bin's costs are all below the next's.
struct Binning {
  double least;
  double per_unit;

  explicit Binning(std::span<const double> costs) {
    const auto [low, high] = std::ranges::minmax(costs);
    least = low;
    per_unit = static_cast<double>(bins) / (high - low);
    if (!std::isfinite(per_unit)) per_unit = 0;  // all equal, or nearly: one bin
  }
  [[nodiscard]] std::size_t operator()(double cost) const {
    return std::min(static_cast<std::size_t>((cost - least) * per_unit), bins - 1);
  }
};

}  // namespace

double lower_quantile(std::span<const double> weights, std::span<const double> costs, double alpha) {
  // Only the bin in which alpha is reached needs to be sorted.
  const Binning bin_of(costs);
  std::array<double, bins> weight{};
  for (std::size_t i = 0; i < costs.size(); ++i) weight[bin_of(costs[i])] += weights[i];
  double below = 0;
  std::size_t bin = 0;
  while (bin + 1 < bins && below + weight[bin] < alpha) below += weight[bin++];

  std::vector<std::pair<double, double>> within;  // cost, weight
  for (std::size_t i = 0; i < costs.size(); ++i)
    if (bin_of(costs[i]) == bin) within.emplace_back(costs[i], weights[i]);
  std::ranges::sort(within);
  for (const auto& [cost, share] : within)
    if ((below += share) >= alpha) return cost;
  return within.empty() ? std::ranges::max(costs) : within.back().first;
}

double stationary_quantile(std::span<const double> weights, std::span<const double> costs, double alpha) {
  std::vector<std::pair<double, double>> sorted;  // cost, weight
  for (std::size_t i = 0; i < costs.size(); ++i) sorted.emplace_back(costs[i], weights[i]);
  std::ranges::sort(sorted);
  double best = sorted.front().first, highest = best, value = best, below = 0;
  for (std::size_t i = 1; i < sorted.size(); ++i) {  // linear in t from each cost to the next
    below += sorted[i - 1].second;
    value += (1 - below / alpha) * (sorted[i].first - sorted[i - 1].first);
    if (value > highest) {
      highest = value;
      best = sorted[i].first;
    }
  }
  return best;
}

}  // namespace bornite
