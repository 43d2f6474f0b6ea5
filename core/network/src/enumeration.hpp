#pragma once
// The costs of all networks of an encoding.

#include "row_losses.hpp"
#include "row_panels.hpp"

#include "bornite/network/cost_table.hpp"
#include "bornite/network/encoding.hpp"

namespace bornite {

/// Entry k is the mean loss of the network whose string has the index k. Uses all cores; the result does not depend on
/// their number. Refuses a table that does not fit into memory.
[[nodiscard]] Result<CostTable> enumerate_costs(const Encoding& encoding, const RowPanels& rows,
                                                const TargetPanels& targets);

}  // namespace bornite
