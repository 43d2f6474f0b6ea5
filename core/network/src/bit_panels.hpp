#pragma once
// Inputs that take two values only, as bits.

#include "bornite/data/dataset.hpp"
#include "bornite/network/network_spec.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace bornite {

/// Rows in the panels of RowPanels; within a panel 64 features after 64 features, each as a word of every row.
class BitPanels {
 public:
  /// Nothing unless each input of the data is one of the same two numbers. Where all are one number, it is `one`.
  [[nodiscard]] static std::optional<BitPanels> of(const Dataset& data);

  [[nodiscard]] ValueMap values() const { return values_; }
  /// [word][row]: words_for_bits(features) * tile_width words; bits beyond the features are 0.
  [[nodiscard]] const std::uint64_t* panel(std::size_t p) const { return bits_.data() + p * panel_size_; }

 private:
  BitPanels() = default;
  ValueMap values_;
  std::size_t panel_size_ = 0;
  std::vector<std::uint64_t> bits_;
};

}  // namespace bornite
