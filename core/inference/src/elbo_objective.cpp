#include "block_sums.hpp"
#include "objective_kernels.hpp"
#include "objectives.hpp"
#include "prior_tables.hpp"

namespace bornite {
namespace {

/// L = E_q[C] + beta KL(q|p)
class ElboObjective final : public Objective {
 public:
  ElboObjective(double beta, const Prior& prior) : beta_(beta), prior_(prior), log_p_(log_probability_table(prior)) {}

  std::string_view name() const override { return "elbo"; }
  bool needs_probabilities() const override { return true; }

  ObjectiveTerms exact(std::span<const double> q, std::span<const double> costs, std::span<double> g) const override {
    require_equal_sizes(q, costs, g);
    require_all_strings(prior_, q.size());
    const ObjectiveKernels& kernels = objective_kernels();
    const auto [cost, kl] = sum_over_blocks<2>(q.size(), [&](std::size_t block, std::size_t begin, std::size_t end) {
      return kernels.elbo({q.data() + begin, costs.data() + begin, g.empty() ? nullptr : g.data() + begin, end - begin},
                          log_p_.low().data(), log_p_.high(block), beta_);
    });
    return {.value = cost + beta_ * kl, .expected_cost = cost, .kl = kl};
  }

  Result<ObjectiveTerms> sampled(const Sample&, std::span<const double>) const override { return needs_exact(); }

  Result<void> sampled_effective_cost(const Sample&, std::span<const double>, const BitstringList&,
                                      std::span<const double>, std::span<double>) const override {
    return needs_exact();
  }

 private:
  static Error needs_exact() {
    return {ErrorKind::unsupported,
            "The objective elbo needs the exact probability of every outcome, which shots do not give.",
            "Use the objective selbo, which needs only shots, or a backend with exact probabilities."};
  }

  double beta_;
  Prior prior_;
  LogProbabilityTable log_p_;
};

}  // namespace

std::unique_ptr<Objective> make_elbo(double beta, const Prior& prior) {
  return std::make_unique<ElboObjective>(beta, prior);
}

}  // namespace bornite
