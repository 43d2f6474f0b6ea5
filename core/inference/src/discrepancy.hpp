#pragma once
// (q-p) K (q-p) over all strings, fused with the effective cost that it yields.

#include "bornite/inference/kernel.hpp"
#include "prior_tables.hpp"

#include <span>

namespace bornite {

/// What is known of all strings and what is wanted.
struct DiscrepancyRequest {
  std::span<const double> q;
  std::span<const double> costs{};     ///< empty: no costs
  std::span<double> effective_cost{};  ///< C + 2 lambda K (q-p); empty: not wanted. Overlaps neither q nor costs
  double lambda = 0;
};

struct Discrepancy {
  double expected_cost = 0;  ///< E_q[C], zero without costs
  double mmd2 = 0;           ///< (q-p) K (q-p)
};

/// Makes no pass over memory beyond those of the transform by K: the first reads q, the last reads q and costs and
/// writes the effective cost. The room to work in is the effective cost's, else memory that the thread keeps.
[[nodiscard]] Discrepancy discrepancy(const DiscrepancyRequest& request, const ProbabilityTable& p,
                                      const Kernel& kernel);

}  // namespace bornite
