#include "bornite/network/table_cost.hpp"

#include <fmt/format.h>

#include <stdexcept>

namespace bornite {

Result<void> TableCost::costs(const BitstringList& strings, std::span<double> out) const {
  if (out.size() != strings.size())
    throw std::invalid_argument(fmt::format("room for {} costs of {} strings", out.size(), strings.size()));
  if (strings.bits() != bits())
    throw std::invalid_argument(fmt::format("strings of {} bits in a table of {}", strings.bits(), bits()));
  for (std::size_t i = 0; i < strings.size(); ++i) out[i] = table_[strings[i].index()];
  return {};
}

Result<CostTable> TableCost::enumerate() const {
  BORNITE_CHECK(CostTable::check_memory(bits()));
  return table_;
}

}  // namespace bornite
