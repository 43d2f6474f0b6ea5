#pragma once
// A data set in the order in which networks read it.

#include "bit_panels.hpp"
#include "lanes.hpp"

#include "bornite/data/dataset.hpp"

#include <cstddef>
#include <optional>
#include <vector>

namespace bornite {

/// Rows in panels of tile_width; within a panel feature after feature, each for all rows of the panel. The last panel
/// is filled up with zeros.
class RowPanels {
 public:
  explicit RowPanels(const Dataset& data);

  [[nodiscard]] std::size_t rows() const { return rows_; }
  [[nodiscard]] std::size_t features() const { return features_; }
  [[nodiscard]] std::size_t panels() const { return (rows_ + tile_width - 1) / tile_width; }
  /// features() * tile_width numbers.
  [[nodiscard]] const double* panel(std::size_t p) const { return inputs_.data() + p * features_ * tile_width; }
  /// The same rows as bits, if all their inputs are one of two numbers.
  [[nodiscard]] const std::optional<BitPanels>& bits() const { return bits_; }
  [[nodiscard]] double input(std::size_t row, std::size_t feature) const {
    return panel(row / tile_width)[feature * tile_width + row % tile_width];
  }

 private:
  std::size_t rows_;
  std::size_t features_;
  std::vector<double> inputs_;
  std::optional<BitPanels> bits_;
};

}  // namespace bornite
