#pragma once
// What training minimises: a functional L(q) of the outcome distribution, and its effective cost dL/dq.

#include "bornite/inference/prior.hpp"
#include "bornite/inference/sample.hpp"
#include "bornite/util/bitstring.hpp"
#include "bornite/util/error.hpp"

#include <limits>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace bornite {

/// Of numbers that were estimated from shots.
struct StandardErrors {
  double value = 0;
  double expected_cost = 0;
  std::optional<double> mmd2{};
};

/// The objective and the parts it is made of.
struct ObjectiveTerms {
  double value = 0;
  double expected_cost = 0;                         ///< E_q[C]
  std::optional<double> kl{};                       ///< KL(q|p) in nats; elbo only
  std::optional<double> mmd2{};                     ///< MMD^2(q,p), exact or estimated; selbo only
  std::optional<StandardErrors> standard_errors{};  ///< from shots, if there are enough of them to tell
};

/// A functional L(q). dL/dtheta = sum over s of g(s) dq(s)/dtheta with the effective cost g = dL/dq, which matters only
/// up to a constant because the dq sum to zero. All functions may be called from several threads at once. Spans of
/// wrong sizes throw std::invalid_argument.
class Objective {
 public:
  virtual ~Objective() = default;

  [[nodiscard]] virtual std::string_view name() const = 0;
  /// Whether only exact() works.
  [[nodiscard]] virtual bool needs_probabilities() const = 0;

  /// L(q) from all 2^N probabilities and costs. Writes the effective cost into g (2^N entries) unless g is empty. g
  /// must not overlap q or costs.
  [[nodiscard]] virtual ObjectiveTerms exact(std::span<const double> q, std::span<const double> costs,
                                             std::span<double> g) const = 0;

  /// An estimate of L(q) from shots; costs[i] is the cost of the i-th distinct string of the sample. Refuses a sample
  /// that is too small.
  [[nodiscard]] virtual Result<ObjectiveTerms> sampled(const Sample& sample, std::span<const double> costs) const = 0;

  /// g[i] = an estimate of the effective cost of the string at[i], whose cost is costs_at[i]; base_costs are those of
  /// the base sample. Unbiased when the base sample was drawn from q independently of the strings `at`, as those of a
  /// parameter shift are. cvar's alone is biased, through the sample's quantile: like 1/shots, or like 1/sqrt(shots)
  /// while the probability of all costs below some value is that close to alpha.
  [[nodiscard]] virtual Result<void> sampled_effective_cost(const Sample& base, std::span<const double> base_costs,
                                                            const BitstringList& at, std::span<const double> costs_at,
                                                            std::span<double> g) const = 0;

  /// What the base sample adds to the error of a sum over i of weights[i] g[i] with the g of above: the sample's
  /// standard error of these numbers, one for each of its strings. By default zeros. That of cvar's quantile is left
  /// out.
  [[nodiscard]] virtual std::vector<double> influence_of_base(const Sample& base, const BitstringList& at,
                                                              std::span<const double> weights) const;
};

struct ObjectiveSettings {
  std::string name = "mle";  ///< mle, cvar, elbo or selbo
  /// Weight of KL(q|p); 1/n for the true ELBO of n training points. elbo refuses to start without it.
  double beta = std::numeric_limits<double>::quiet_NaN();
  double alpha = 0.1;            ///< of cvar: the part of the outcomes that counts, in (0, 1]
  double lambda = 0.01;          ///< weight of MMD^2
  std::vector<double> gammas{};  ///< of the kernel's components; empty means the one gamma 2/N
  Prior prior{};                 ///< of elbo and selbo: over as many bits as the outcomes have
  bool biased = false;           ///< estimate MMD^2 from shots by the V-statistic instead of the U-statistic
};

/// mle:   L = E_q[C], g = C.
/// cvar:  L = E_q[C | C among the lowest alpha of the outcomes], the conditional value at risk (Barkoutsos et al.,
///        Quantum 4, 256 (2020)): with the alpha-quantile t of the cost, L = t + E_q[min(C - t, 0)]/alpha and
///        g = min(C - t, 0)/alpha. alpha = 1 is mle. From shots the quantile is the sample's, and L is too low by a
///        bias that falls like 1/shots.
/// elbo:  L = E_q[C] + beta KL(q|p), g = C + beta (log q - log p). Where q = 0 the log of the smallest normal number
///        (-708.4) stands for log q: g stays finite, and its product with dq = 2 Re(conj(psi) dpsi) is the right limit,
///        zero.
/// selbo: L = E_q[C] + lambda MMD^2(q,p), g = C + 2 lambda (K q - K p).
/// Refuses an unknown name, a negative, infinite or missing beta or lambda, a gamma that is not positive and finite,
/// an alpha outside (0, 1], and a prior of no bits where one is needed.
[[nodiscard]] Result<std::unique_ptr<Objective>> make_objective(const ObjectiveSettings& settings);

}  // namespace bornite
