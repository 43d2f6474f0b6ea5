#include "block_sums.hpp"
#include "objective_kernels.hpp"
#include "objectives.hpp"

#include <algorithm>

namespace bornite {
namespace {

/// L = E_q[C]
class MleObjective final : public Objective {
 public:
  std::string_view name() const override { return "mle"; }
  bool needs_probabilities() const override { return false; }

  ObjectiveTerms exact(std::span<const double> q, std::span<const double> costs, std::span<double> g) const override {
    require_equal_sizes(q, costs, g);
    const ObjectiveKernels& kernels = objective_kernels();
    const auto [cost] = sum_over_blocks<1>(q.size(), [&](std::size_t, std::size_t begin, std::size_t end) {
      return kernels.mle({q.data() + begin, costs.data() + begin, g.empty() ? nullptr : g.data() + begin, end - begin});
    });
    return {.value = cost, .expected_cost = cost};
  }

  Result<ObjectiveTerms> sampled(const Sample& sample, std::span<const double> costs) const override {
    BORNITE_TRY(const double cost, mean_cost(sample, costs));
    ObjectiveTerms terms{.value = cost, .expected_cost = cost};
    if (const auto error = sample.standard_error(costs))
      terms.standard_errors = {.value = *error, .expected_cost = *error};
    return terms;
  }

  Result<void> sampled_effective_cost(const Sample&, std::span<const double>, const BitstringList& at,
                                      std::span<const double> costs_at, std::span<double> g) const override {
    require_one_per_string(at, costs_at, g);
    std::ranges::copy(costs_at, g.begin());
    return {};
  }
};

}  // namespace

std::unique_ptr<Objective> make_mle() { return std::make_unique<MleObjective>(); }

}  // namespace bornite
