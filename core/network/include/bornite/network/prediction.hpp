#pragma once
// What many weighted networks predict together.

#include "bornite/data/dataset.hpp"
#include "bornite/network/encoding.hpp"
#include "bornite/util/bitstring.hpp"
#include "bornite/util/error.hpp"

#include <span>
#include <vector>

namespace bornite {

/// sum_s weights[s] p(y | x, s), row-major rows x outputs as BinaryNetwork::outputs() gives them: with weights q(s) the
/// posterior predictive of arXiv 2506.05888. The weights are used as they are, so weights that sum to 1 give
/// probabilities; strings of weight 0 cost nothing. Many strings (an eighth of all) share the work as in
/// NetworkCost::enumerate(); equal rows are evaluated once. Uses all cores. Refuses data whose features are not the
/// network's inputs. Throws std::invalid_argument unless there is a weight for each string and strings have
/// encoding.bits() bits.
[[nodiscard]] Result<std::vector<double>> posterior_predictive(const Encoding& encoding, const Dataset& data,
                                                               const BitstringList& strings,
                                                               std::span<const double> weights);

}  // namespace bornite
