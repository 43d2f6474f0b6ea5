#include "bornite/inference/evidence.hpp"

#include "block_sums.hpp"
#include "prior_tables.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <stdexcept>

namespace bornite {
namespace {

void require_valid(std::span<const double> costs, const Prior& prior, double beta) {
  require_all_strings(prior, costs.size());
  if (!(beta > 0) || !std::isfinite(beta))
    throw std::invalid_argument(fmt::format("The evidence needs a positive, finite beta, not {}.", beta));
}

/// Terms p(s) exp(-(C(s) - lowest) / beta) of the partition function, at most p(s) each.
class BoltzmannTerms {
 public:
  BoltzmannTerms(std::span<const double> costs, const Prior& prior, double beta)
      : costs_(costs), beta_(beta), lowest_(*std::ranges::min_element(costs)), p_(probability_table(prior)) {}

  [[nodiscard]] double lowest() const { return lowest_; }
  [[nodiscard]] double term(std::size_t s, std::size_t block) const {
    return p_.low()[s % block_size] * p_.high(block) * std::exp((lowest_ - costs_[s]) / beta_);
  }
  [[nodiscard]] double sum() const {
    return sum_over_entries<1>(costs_.size(),
                               [this](std::size_t s, std::size_t block) { return std::array{term(s, block)}; })[0];
  }
  void write(double scale, std::span<double> out) const {
    for_each_block(costs_.size(), [&](std::size_t block, std::size_t begin, std::size_t end) {
      for (std::size_t s = begin; s < end; ++s) out[s] = term(s, block) * scale;
    });
  }

 private:
  std::span<const double> costs_;
  double beta_;
  double lowest_;
  ProbabilityTable p_;
};

}  // namespace

double evidence_bound(std::span<const double> costs, const Prior& prior, double beta) {
  require_valid(costs, prior, beta);
  const BoltzmannTerms terms(costs, prior, beta);
  return terms.lowest() - beta * std::log(terms.sum());
}

void posterior(std::span<const double> costs, const Prior& prior, double beta, std::span<double> out) {
  require_valid(costs, prior, beta);
  if (out.size() != costs.size())
    throw std::invalid_argument(
        fmt::format("A posterior over {} strings was given {} places.", costs.size(), out.size()));
  const BoltzmannTerms terms(costs, prior, beta);
  terms.write(1 / terms.sum(), out);
}

}  // namespace bornite
