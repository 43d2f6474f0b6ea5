#include "enumeration.hpp"

#include "enumeration_block.hpp"
#include "enumeration_layout.hpp"
#include "group_tables.hpp"
#include "network_classes.hpp"

#include "bornite/util/parallel.hpp"

#include <algorithm>

namespace bornite {
namespace {

constexpr std::size_t costs_per_block = std::size_t{1} << 16;

/// Adds up the losses of all networks of one setting.
void add_setting(const Encoding& encoding, const EnumerationLayout& layout, std::uint64_t setting,
                 const RowPanels& rows, const TargetPanels& targets, std::span<double> totals) {
  const std::uint64_t index = scatter(setting, layout.setting);
  const BinaryNetwork network = encoding.decode(Bitstring::from_index(encoding.bits(), index));
  const NetworkClasses classes(layout);
  const std::size_t block = layout.rows_per_block(encoding.spec().widths.back());
  for (std::size_t begin = 0; begin < rows.rows(); begin += block) {
    GroupTables tables(layout, network, rows, targets, begin, std::min(rows.rows(), begin + block));
    const EnumerationBlock enumeration(layout, classes, tables, network.output, encoding.spec().loss);
    parallel_for(std::size_t{1} << layout.outer_qubits.size(),
                 [&](std::size_t outer) { enumeration.add_losses(index, outer, totals); });
  }
  classes.copy_to_all(index, totals);
}

}  // namespace

Result<CostTable> enumerate_costs(const Encoding& encoding, const RowPanels& rows, const TargetPanels& targets) {
  BORNITE_CHECK(CostTable::check_memory(encoding.bits()));
  const EnumerationLayout layout(encoding);
  std::vector<double> costs(std::size_t{1} << encoding.bits());
  parallel_for(std::size_t{1} << layout.setting.size(),
               [&](std::size_t setting) { add_setting(encoding, layout, setting, rows, targets, costs); });
  parallel_blocks(costs.size(), costs_per_block, [&](std::size_t begin, std::size_t end) {
    for (std::size_t i = begin; i < end; ++i) costs[i] /= targets.total_weight();
  });
  return CostTable(encoding.bits(), std::move(costs));
}

}  // namespace bornite
