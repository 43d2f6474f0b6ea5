#pragma once
// The best that any outcome distribution can do on the elbo, and the distribution that does it.

#include "bornite/inference/prior.hpp"

#include <span>

namespace bornite {

/// The minimum over all q of E_q[C] + beta KL(q|p): -beta log sum_s p(s) exp(-C(s)/beta). With beta = 1/n and C the
/// mean negative log-likelihood it is -log(evidence)/n. Throws std::invalid_argument unless beta is positive and finite
/// and there are 2^prior.bits() costs.
[[nodiscard]] double evidence_bound(std::span<const double> costs, const Prior& prior, double beta);

/// out[s] = p(s) exp(-C(s)/beta) / Z, the q that attains the bound. costs and out are one span or disjoint. Throws as
/// above.
void posterior(std::span<const double> costs, const Prior& prior, double beta, std::span<double> out);

}  // namespace bornite
