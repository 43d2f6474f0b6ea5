#include "block_sums.hpp"
#include "lower_tail.hpp"
#include "objectives.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

namespace bornite {
namespace {

/// L = t + E_q[min(C - t, 0)] / alpha, where t is the alpha-quantile of the cost. L is stationary in t, so that the
/// effective cost is what stands in the expectation.
class CvarObjective final : public Objective {
 public:
  explicit CvarObjective(double alpha) : alpha_(alpha) {}

  std::string_view name() const override { return "cvar"; }
  bool needs_probabilities() const override { return false; }

  ObjectiveTerms exact(std::span<const double> q, std::span<const double> costs, std::span<double> g) const override {
    require_equal_sizes(q, costs, g);
    const double t = lower_quantile(q, costs, alpha_);
    const auto [cost, tail] = sum_over_entries<2>(q.size(), [&](std::size_t i, std::size_t) {
      const double excess = below(costs[i], t);
      if (!g.empty()) g[i] = excess;
      return std::array{q[i] * costs[i], q[i] * excess};
    });
    return {.value = t + tail, .expected_cost = cost};
  }

  Result<ObjectiveTerms> sampled(const Sample& sample, std::span<const double> costs) const override {
    BORNITE_TRY(const double cost, mean_cost(sample, costs));
    if (alpha_ * static_cast<double>(sample.shots()) < 1)
      return Error{ErrorKind::unsupported,
                   fmt::format("The lowest {} of {} shots is less than one shot.", alpha_, sample.shots()),
                   "Ask for more shots per row, or for a larger part."};
    const double t = quantile(sample, costs);
    std::vector<double> excess(costs.size());
    std::ranges::transform(costs, excess.begin(), [&](double c) { return below(c, t); });
    BORNITE_TRY(const double tail, mean_cost(sample, excess));
    ObjectiveTerms terms{.value = t + tail, .expected_cost = cost};
    if (const auto error = sample.standard_error(excess))  // the value does not move with t to first order
      terms.standard_errors = {.value = *error, .expected_cost = *sample.standard_error(costs)};
    return terms;
  }

  Result<void> sampled_effective_cost(const Sample& base, std::span<const double> base_costs, const BitstringList& at,
                                      std::span<const double> costs_at, std::span<double> g) const override {
    require_one_per_string(at, costs_at, g);
    BORNITE_CHECK(sampled(base, base_costs));
    const double t = quantile(base, base_costs);
    std::ranges::transform(costs_at, g.begin(), [&](double c) { return below(c, t); });
    return {};
  }

 private:
  [[nodiscard]] double below(double cost, double t) const { return std::min(cost - t, 0.0) / alpha_; }

  [[nodiscard]] double quantile(const Sample& sample, std::span<const double> costs) const {
    return sample.is_corrected() ? stationary_quantile(sample.weights(), costs, alpha_)
                                 : lower_quantile(sample.weights(), costs, alpha_);
  }

  double alpha_;
};

}  // namespace

std::unique_ptr<Objective> make_cvar(double alpha) { return std::make_unique<CvarObjective>(alpha); }

}  // namespace bornite
