#pragma once
// The posterior predictive where a good part of all strings has a weight: by the tables of an enumeration.

#include "row_panels.hpp"

#include "bornite/network/encoding.hpp"

#include <optional>
#include <span>
#include <vector>

namespace bornite {

/// sum_k weights[k] p(y | x, string of index k), rows x outputs, 2^bits weights; nothing for regression and for sums
/// too large for these tables. Uses all cores; the result does not depend on their number.
[[nodiscard]] std::optional<std::vector<double>> dense_predictive(const Encoding& encoding, const RowPanels& rows,
                                                                  std::span<const double> weights);

}  // namespace bornite
