#pragma once
// Where the lower tail of a weighted set of costs ends.

#include <span>

namespace bornite {

/// A lower alpha-quantile of the costs: a t with weight(C < t) <= alpha <= weight(C <= t). The weights are not negative
/// and sum to one up to rounding; alpha is in (0, 1]. Time grows like the number of costs.
[[nodiscard]] double lower_quantile(std::span<const double> weights, std::span<const double> costs, double alpha);

/// The t where t + (sum of weight times min(cost - t, 0)) / alpha is largest: the same, also for weights of either
/// sign.
[[nodiscard]] double stationary_quantile(std::span<const double> weights, std::span<const double> costs, double alpha);

}  // namespace bornite
