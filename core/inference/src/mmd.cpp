#include "bornite/inference/mmd.hpp"

#include "block_sums.hpp"
#include "discrepancy.hpp"
#include "kernel_transform.hpp"
#include "pair_sums.hpp"
#include "prior_means.hpp"
#include "prior_tables.hpp"
#include "work_room.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace bornite {
namespace {

/// The three terms of MMD^2 as sums over the shots of a sample.
struct SampleTerms {
  double shots;
  double pairs;  ///< of k over all ordered pairs of shots, each with itself too
  double cross;  ///< of E_{t~p} k(s, t) over shots s
  double prior_energy;
};

SampleTerms sample_terms(const ShotRow& sample, const Prior& prior, const Kernel& kernel) {
  if (sample.bits() != prior.bits())
    throw std::invalid_argument("A sample and a prior differ in their number of bits.");
  const PriorMeans mean(kernel, prior);
  std::vector<double> cross(sample.size());
  for (std::size_t i = 0; i < sample.size(); ++i)
    cross[i] = static_cast<double>(sample.counts()[i]) * mean(sample.strings()[i]);
  return {static_cast<double>(sample.shots()), kernel_energy(kernel, sample), pairwise_sum(cross),
          kernel.energy_under(prior)};
}

Error too_few_shots(std::uint64_t shots, std::string_view needed) {
  return Error{
      ErrorKind::unsupported,
      "MMD^2 cannot be estimated from " + std::to_string(shots) + " shots; it takes " + std::string(needed) + ".",
      "Ask for more shots per row."};
}

}  // namespace

double mmd_squared(std::span<const double> q, const Prior& prior, const Kernel& kernel) {
  require_all_strings(prior, q.size());
  return discrepancy({.q = q}, probability_table(prior), kernel).mmd2;
}

double mmd_squared_walsh(std::span<const double> q, const Prior& prior, const Kernel& kernel) {
  require_all_strings(prior, q.size());
  const ProbabilityTable p = probability_table(prior);
  const std::vector<double> high = p.all_high(), eigenvalues = walsh_eigenvalues(kernel, prior.bits());
  const std::span<double> coefficients = work_room(q.size());
  transform_all_axes(coefficients, {q.data(), p.low().data(), high.data()}, {});
  return sum_over_entries<1>(q.size(), [&](std::size_t s, std::size_t) {
    return std::array{eigenvalues[static_cast<std::size_t>(std::popcount(s))] * coefficients[s] * coefficients[s]};
  })[0];
}

Result<double> mmd_squared_unbiased(const ShotRow& sample, const Prior& prior, const Kernel& kernel) {
  if (sample.shots() < 2) return too_few_shots(sample.shots(), "at least 2");
  const SampleTerms t = sample_terms(sample, prior, kernel);
  return (t.pairs - t.shots) / (t.shots * (t.shots - 1)) - 2 * t.cross / t.shots + t.prior_energy;
}

Result<double> mmd_squared_biased(const ShotRow& sample, const Prior& prior, const Kernel& kernel) {
  if (sample.shots() < 1) return too_few_shots(sample.shots(), "at least 1");
  const SampleTerms t = sample_terms(sample, prior, kernel);
  return t.pairs / (t.shots * t.shots) - 2 * t.cross / t.shots + t.prior_energy;
}

}  // namespace bornite
