#include "bornite/inference/shot_distance.hpp"

#include "bornite/inference/sample.hpp"
#include "pair_sums.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <stdexcept>
#include <vector>

namespace bornite {
namespace {

void require_sizes(const ShotRow& sample, std::span<const double> q) {
  if (sample.bits() >= 64 || q.size() != std::size_t{1} << sample.bits())
    throw std::invalid_argument("Shots of N bits are compared with 2^N probabilities.");
}

/// E|X - n p| / (2 n) for a binomial X: k b(k; n, p) (1 - p) / n with k = floor(n p) + 1.
double half_deviation(double p, double n) {
  if (p <= 0 || p >= 1) return 0;
  const double k = std::floor(n * p) + 1;
  const double log_choose = std::lgamma(n + 1) - std::lgamma(k + 1) - std::lgamma(n - k + 1);
  return k * std::exp(log_choose + k * std::log(p) + (n - k + 1) * std::log1p(-p)) / n;
}

}  // namespace

double total_variation(const ShotRow& sample, std::span<const double> q) {
  require_sizes(sample, q);
  if (sample.shots() == 0) throw std::invalid_argument("Nothing can be compared with a sample without shots.");
  // Where nothing was measured the difference is q itself; of all q, what was measured is taken off again.
  double sum = std::accumulate(q.begin(), q.end(), 0.0);
  for (std::size_t i = 0; i < sample.size(); ++i) {
    const double expected = q[sample.strings()[i].index()];
    const double frequency = static_cast<double>(sample.counts()[i]) / static_cast<double>(sample.shots());
    sum += std::abs(frequency - expected) - expected;
  }
  return std::clamp(sum / 2, 0.0, 1.0);
}

double mean_total_variation(std::span<const double> q, std::uint64_t shots) {
  if (shots == 0) throw std::invalid_argument("No shots have no mean distance.");
  const auto n = static_cast<double>(shots);
  return std::transform_reduce(q.begin(), q.end(), 0.0, std::plus<>(), [n](double p) { return half_deviation(p, n); });
}

Result<double> mmd_squared_unbiased(const ShotRow& sample, std::span<const double> q, const Kernel& kernel) {
  require_sizes(sample, q);
  if (sample.shots() < 2)
    return Error{ErrorKind::unsupported,
                 fmt::format("MMD^2 cannot be estimated from {} shots; it takes at least 2.", sample.shots()),
                 "Ask for more shots per row."};
  std::vector<double> means(q.size());  // E over t ~ q of k(s, t)
  kernel.apply(q, means);
  const Sample weighted(sample);
  std::vector<double> at_strings(sample.size());
  for (std::size_t i = 0; i < sample.size(); ++i) at_strings[i] = means[sample.strings()[i].index()];
  const auto shots = static_cast<double>(sample.shots());
  // Pairs of one shot with itself have k = 1.
  const double pairs = (kernel_energy(kernel, {weighted.strings(), weighted.weights()}) * shots - 1) / (shots - 1);
  const double energy = std::transform_reduce(q.begin(), q.end(), means.begin(), 0.0);
  return pairs - 2 * weighted.mean(at_strings) + energy;
}

}  // namespace bornite
