#include "bornite/inference/mmd.hpp"

#include "block_kernels.hpp"
#include "block_sums.hpp"
#include "kernel_transform.hpp"
#include "pair_sums.hpp"
#include "prior_tables.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace bornite {
namespace {

std::vector<double> difference_from_prior(std::span<const double> q, const Prior& prior) {
  require_all_strings(prior, q.size());
  const ProbabilityTable table = probability_table(prior);
  std::vector<double> difference(q.size());
  for_each_block(q.size(), [&](std::size_t block, std::size_t begin, std::size_t end) {
    subtract_prior(q.data() + begin, table.low().data(), table.high(block), difference.data() + begin, end - begin);
  });
  return difference;
}

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
  std::vector<double> pairs(sample.size());
  std::vector<double> cross(sample.size());
  kernel_sums(kernel, sample, sample.strings(), pairs);
  for (std::size_t i = 0; i < sample.size(); ++i) {
    const auto count = static_cast<double>(sample.counts()[i]);
    pairs[i] *= count;
    cross[i] = count * kernel.mean_under(prior, sample.strings()[i]);
  }
  return {static_cast<double>(sample.shots()), pairwise_sum(pairs), pairwise_sum(cross), kernel.energy_under(prior)};
}

Error too_few_shots(std::uint64_t shots, std::string_view needed) {
  return Error{
      ErrorKind::unsupported,
      "MMD^2 cannot be estimated from " + std::to_string(shots) + " shots; it takes " + std::string(needed) + ".",
      "Ask for more shots per row."};
}

}  // namespace

double mmd_squared(std::span<const double> q, const Prior& prior, const Kernel& kernel) {
  const std::vector<double> difference = difference_from_prior(q, prior);
  std::vector<double> mapped(q.size());
  kernel.apply(difference, mapped);
  return sum_over_blocks<1>(q.size(), [&](std::size_t, std::size_t begin, std::size_t end) {
    return std::array{dot_block(difference.data() + begin, mapped.data() + begin, end - begin)};
  })[0];
}

double mmd_squared_walsh(std::span<const double> q, const Prior& prior, const Kernel& kernel) {
  std::vector<double> coefficients = difference_from_prior(q, prior);
  transform_all_axes(coefficients, walsh_axes, 0, {});
  const std::vector<double> eigenvalues = walsh_eigenvalues(kernel, prior.bits());
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
