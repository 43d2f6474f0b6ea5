#pragma once
// The squared maximum mean discrepancy between an outcome distribution q and a prior p:
// MMD^2 = E_{s,t~q} k(s,t) - 2 E_{s~q,t~p} k(s,t) + E_{s,t~p} k(s,t)   (Gretton et al., JMLR 13 (2012) 723, lemma 6).
// The terms with the prior are closed forms; the prior is never sampled.

#include "bornite/inference/kernel.hpp"
#include "bornite/inference/prior.hpp"
#include "bornite/inference/sample.hpp"
#include "bornite/util/error.hpp"

#include <span>
#include <vector>

namespace bornite {

/// MMD^2 of q (2^N probabilities) as (q-p) K (q-p), K applied axis by axis. Throws std::invalid_argument unless q has
/// 2^prior.bits() entries.
[[nodiscard]] double mmd_squared(std::span<const double> q, const Prior& prior, const Kernel& kernel);

/// The same number in the Walsh basis, where K is diagonal: sum over S of lambda_|S| ((q-p)^(S))^2 with
/// lambda_k = sum over c of w_c ((1+x)/2)^(N-k) ((1-x)/2)^k, x = exp(-gamma_c). Same refusals.
[[nodiscard]] double mmd_squared_walsh(std::span<const double> q, const Prior& prior, const Kernel& kernel);

/// Unbiased estimate of MMD^2 from shots (U-statistic; may be negative). Any number of bits; the cost grows with the
/// square of the number of distinct strings, less for few bits. Refuses fewer than 2 shots; throws
/// std::invalid_argument if sample and prior differ in length.
[[nodiscard]] Result<double> mmd_squared_unbiased(const Sample& sample, const Prior& prior, const Kernel& kernel);

/// MMD^2 of the empirical distribution of the shots (V-statistic; never negative beyond rounding). With m shots its
/// expectation exceeds MMD^2 by (1 - E_{s,t~q} k) / m. Refuses a sample without shots; throws as above.
[[nodiscard]] Result<double> mmd_squared_biased(const Sample& sample, const Prior& prior, const Kernel& kernel);

/// An estimate of MMD^2 and how each string of the sample pulls it.
struct MmdEstimate {
  double value = 0;
  /// One number per string; the sample's standard error of them is the jackknife's of the value (Efron and Stein,
  /// Annals of Statistics 9, 586 (1981)). Empty for fewer than 3 shots.
  std::vector<double> influence{};
};

/// Either of the two estimates, with the influences. Refuses and throws what they do.
[[nodiscard]] Result<MmdEstimate> estimate_mmd_squared(const Sample& sample, const Prior& prior, const Kernel& kernel,
                                                       bool biased);

}  // namespace bornite
