#include "bornite/inference/mmd.hpp"
#include "discrepancy.hpp"
#include "objectives.hpp"
#include "pair_sums.hpp"
#include "prior_means.hpp"
#include "prior_tables.hpp"

#include <stdexcept>
#include <utility>

namespace bornite {
namespace {

/// L = E_q[C] + lambda MMD^2(q, p)
class SelboObjective final : public Objective {
 public:
  SelboObjective(double lambda, Kernel kernel, const Prior& prior, bool biased)
      : lambda_(lambda),
        kernel_(std::move(kernel)),
        prior_(prior),
        p_(probability_table(prior)),
        prior_means_(kernel_, prior),
        biased_(biased) {}

  std::string_view name() const override { return "selbo"; }
  bool needs_probabilities() const override { return false; }

  ObjectiveTerms exact(std::span<const double> q, std::span<const double> costs, std::span<double> g) const override {
    require_equal_sizes(q, costs, g);
    require_all_strings(prior_, q.size());
    const auto [cost, mmd2] =
        discrepancy({.q = q, .costs = costs, .effective_cost = g, .lambda = lambda_}, p_, kernel_);
    return {.value = cost + lambda_ * mmd2, .expected_cost = cost, .mmd2 = mmd2};
  }

  Result<ObjectiveTerms> sampled(const Sample& sample, std::span<const double> costs) const override {
    BORNITE_TRY(const double cost, mean_cost(sample, costs));
    BORNITE_TRY(const MmdEstimate mmd2, estimate_mmd_squared(sample, prior_, kernel_, biased_));
    ObjectiveTerms terms{.value = cost + lambda_ * mmd2.value, .expected_cost = cost, .mmd2 = mmd2.value};
    if (mmd2.influence.empty()) return terms;
    std::vector<double> influence(costs.begin(), costs.end());
    for (std::size_t i = 0; i < influence.size(); ++i) influence[i] += lambda_ * mmd2.influence[i];
    terms.standard_errors = {.value = *sample.standard_error(influence),
                             .expected_cost = *sample.standard_error(costs),
                             .mmd2 = sample.standard_error(mmd2.influence)};
    return terms;
  }

  Result<void> sampled_effective_cost(const Sample& base, std::span<const double>, const BitstringList& at,
                                      std::span<const double> costs_at, std::span<double> g) const override {
    require_one_per_string(at, costs_at, g);
    if (base.bits() != prior_.bits())
      throw std::invalid_argument("A sample and a prior differ in their number of bits.");
    if (base.shots() == 0)
      return Error{ErrorKind::unsupported, "The gradient of selbo cannot be estimated from a base sample of 0 shots.",
                   "Ask for more shots per row."};
    kernel_sums(kernel_, {base.strings(), base.weights()}, at, g);
    for (std::size_t i = 0; i < at.size(); ++i) g[i] = costs_at[i] + 2 * lambda_ * (g[i] - prior_means_(at[i]));
    return {};
  }

  std::vector<double> influence_of_base(const Sample& base, const BitstringList& at,
                                        std::span<const double> weights) const override {
    std::vector<double> influence(base.size());
    kernel_sums(kernel_, {at, weights}, base.strings(), influence);
    for (double& value : influence) value *= 2 * lambda_;
    return influence;
  }

 private:
  double lambda_;
  Kernel kernel_;
  Prior prior_;
  ProbabilityTable p_;
  PriorMeans prior_means_;
  bool biased_;
};

}  // namespace

std::unique_ptr<Objective> make_selbo(double lambda, Kernel kernel, const Prior& prior, bool biased) {
  return std::make_unique<SelboObjective>(lambda, std::move(kernel), prior, biased);
}

}  // namespace bornite
