#pragma once
// Costs that are known in advance.

#include "bornite/network/cost_model.hpp"

namespace bornite {

/// Looks costs up in a table, such as one read from a file.
class TableCost : public CostModel {
 public:
  explicit TableCost(CostTable table) : table_(std::move(table)) {}

  [[nodiscard]] const CostTable& table() const { return table_; }
  [[nodiscard]] std::size_t bits() const override { return table_.bits(); }
  /// Throws std::invalid_argument if `out` or the strings have a wrong size.
  [[nodiscard]] Result<void> costs(const BitstringList& strings, std::span<double> out) const override;
  /// A copy of the table.
  [[nodiscard]] Result<CostTable> enumerate() const override;

 private:
  CostTable table_;
};

}  // namespace bornite
