#include "bornite/inference/kernel.hpp"

#include "kernel_transform.hpp"
#include "prior_tables.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>
#include <stdexcept>
#include <string_view>
#include <utility>

namespace bornite {
namespace {

Result<void> check_positive(std::span<const double> values, std::string_view what) {
  for (std::size_t i = 0; i < values.size(); ++i)
    if (!(values[i] > 0) || !std::isfinite(values[i]))
      return Error{ErrorKind::configuration, fmt::format("{} {} of the kernel is {}.", what, i, values[i]),
                   "Give a positive, finite number."};
  return {};
}

/// E over t_i of exp(-gamma [s_i != t_i]) for s_i = 0 and 1.
std::array<double, 2> bit_means(const Prior& prior, std::size_t bit, double x) {
  const double one = prior.probability_of_one(bit);
  return {(1 - one) + one * x, one + (1 - one) * x};
}

ProbabilityTable mean_table(const Prior& prior, double x) {
  std::vector<std::array<double, 2>> factors(prior.bits());
  for (std::size_t i = 0; i < factors.size(); ++i) factors[i] = bit_means(prior, i, x);
  return {1.0, std::move(factors)};
}

}  // namespace

Kernel::Kernel(std::vector<double> gammas, std::vector<double> weights)
    : gammas_(std::move(gammas)), weights_(std::move(weights)) {}

Result<Kernel> Kernel::hamming(std::vector<double> gammas) {
  std::vector<double> weights(gammas.size(), 1.0);
  return hamming(std::move(gammas), std::move(weights));
}

Result<Kernel> Kernel::hamming(std::vector<double> gammas, std::vector<double> weights) {
  if (gammas.empty())
    return Error{ErrorKind::configuration, "The kernel has no gamma.", "Give one positive number or a list of them."};
  if (gammas.size() != weights.size())
    return Error{ErrorKind::configuration,
                 fmt::format("The kernel has {} values of gamma but {} weights.", gammas.size(), weights.size())};
  BORNITE_CHECK(check_positive(gammas, "Gamma"));
  BORNITE_CHECK(check_positive(weights, "Weight"));
  const double sum = std::accumulate(weights.begin(), weights.end(), 0.0);
  for (double& weight : weights) weight /= sum;
  return Kernel(std::move(gammas), std::move(weights));
}

double Kernel::of_distance(std::size_t distance) const {
  if (distance == 0) return 1;
  double sum = 0;
  for (std::size_t c = 0; c < components(); ++c)
    sum += weights_[c] * std::exp(-gammas_[c] * static_cast<double>(distance));
  return sum;
}

void Kernel::apply(std::span<const double> v, std::span<double> out) const {
  if (v.size() != out.size())
    throw std::invalid_argument(fmt::format("A kernel cannot map {} numbers to {}.", v.size(), out.size()));
  apply_kernel(*this, out, {v.data()});
}

double Kernel::mean_under(const Prior& prior, BitstringView string) const {
  if (string.size() != prior.bits())
    throw std::invalid_argument(fmt::format("A prior over {} bits met a string of {}.", prior.bits(), string.size()));
  double sum = 0;
  for (std::size_t c = 0; c < components(); ++c) {
    const double x = std::exp(-gammas_[c]);
    double product = weights_[c];
    for (std::size_t i = 0; i < prior.bits(); ++i) product *= bit_means(prior, i, x)[string[i]];
    sum += product;
  }
  return sum;
}

void Kernel::means_under(const Prior& prior, std::span<double> out) const {
  require_all_strings(prior, out.size());
  for (std::size_t c = 0; c < components(); ++c) {
    const ProbabilityTable table = mean_table(prior, std::exp(-gammas_[c]));
    for_each_block(out.size(), [&](std::size_t block, std::size_t begin, std::size_t end) {
      const double high = weights_[c] * table.high(block);
      for (std::size_t s = begin; s < end; ++s) out[s] = (c == 0 ? 0 : out[s]) + table.low()[s - begin] * high;
    });
  }
}

double Kernel::energy_under(const Prior& prior) const {
  double sum = 0;
  for (std::size_t c = 0; c < components(); ++c) {
    const double x = std::exp(-gammas_[c]);
    double product = weights_[c];
    for (std::size_t i = 0; i < prior.bits(); ++i) {
      const double one = prior.probability_of_one(i);
      product *= one * one + (1 - one) * (1 - one) + 2 * one * (1 - one) * x;
    }
    sum += product;
  }
  return sum;
}

}  // namespace bornite
