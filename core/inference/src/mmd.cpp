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

/// The three terms of MMD^2 as means over the shots of a sample.
struct SampleTerms {
  double pairs;  ///< of k over all ordered pairs of shots, each with itself too
  double cross;  ///< of E_{t~p} k(s, t) over shots s
  double prior_energy;
};

void require_equal_lengths(const Sample& sample, const Prior& prior) {
  if (sample.bits() != prior.bits())
    throw std::invalid_argument("A sample and a prior differ in their number of bits.");
}

std::vector<double> prior_means(const Sample& sample, const Prior& prior, const Kernel& kernel) {
  const PriorMeans mean(kernel, prior);
  std::vector<double> means(sample.size());
  for (std::size_t i = 0; i < means.size(); ++i) means[i] = mean(sample.strings()[i]);
  return means;
}

/// From a sample of which `pairs` and `cross` are known.
double combine(const SampleTerms& t, const Sample& sample, const Kernel& kernel, bool biased) {
  const auto shots = static_cast<double>(sample.shots());
  // A pair of a shot with itself says nothing about two independent ones.
  const double pairs = biased ? t.pairs : (shots * t.pairs - sample.self_kernel(kernel)) / (shots - 1);
  return pairs - 2 * t.cross + t.prior_energy;
}

Error too_few_shots(std::uint64_t shots, std::string_view needed) {
  return Error{
      ErrorKind::unsupported,
      "MMD^2 cannot be estimated from " + std::to_string(shots) + " shots; it takes " + std::string(needed) + ".",
      "Ask for more shots per row."};
}

Result<void> check_shots(const Sample& sample, bool biased) {
  if (sample.shots() < (biased ? 1 : 2)) return too_few_shots(sample.shots(), biased ? "at least 1" : "at least 2");
  return {};
}

Result<double> mmd_squared_of_sample(const Sample& sample, const Prior& prior, const Kernel& kernel, bool biased) {
  BORNITE_CHECK(check_shots(sample, biased));
  require_equal_lengths(sample, prior);
  const double pairs = kernel_energy(kernel, {sample.strings(), sample.weights()});
  const double cross = sample.mean(prior_means(sample, prior, kernel));
  return combine({pairs, cross, kernel.energy_under(prior)}, sample, kernel, biased);
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

Result<double> mmd_squared_unbiased(const Sample& sample, const Prior& prior, const Kernel& kernel) {
  return mmd_squared_of_sample(sample, prior, kernel, false);
}

Result<double> mmd_squared_biased(const Sample& sample, const Prior& prior, const Kernel& kernel) {
  return mmd_squared_of_sample(sample, prior, kernel, true);
}

Result<MmdEstimate> estimate_mmd_squared(const Sample& sample, const Prior& prior, const Kernel& kernel, bool biased) {
  BORNITE_CHECK(check_shots(sample, biased));
  require_equal_lengths(sample, prior);
  std::vector<double> sums(sample.size());
  kernel_sums(kernel, {sample.strings(), sample.weights()}, sample.strings(), sums);
  const std::vector<double> means = prior_means(sample, prior, kernel);
  MmdEstimate estimate{
      combine({sample.mean(sums), sample.mean(means), kernel.energy_under(prior)}, sample, kernel, biased)};
  if (sample.shots() < 3) return estimate;
  const auto shots = static_cast<double>(sample.shots());
  for (std::size_t i = 0; i < sums.size(); ++i)
    estimate.influence.push_back(2 * (shots / (shots - 2) * sums[i] - means[i]));
  return estimate;
}

}  // namespace bornite
