#pragma once
// A layer whose inputs and weights take two values each: its sums are counts of common bits, scaled and shifted.

#include "lanes.hpp"

#include "bornite/network/binary_network.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace bornite {

class BitLayer {
 public:
  /// Layer `layer` of all networks, side by side, whose inputs take these values. Nothing if a weight is neither of its
  /// network's values. Hidden units of the layer before that do not exist are left out; with several networks, all are
  /// there.
  [[nodiscard]] static std::optional<BitLayer> pack(std::span<const BinaryNetwork> networks, std::size_t layer,
                                                    ValueMap inputs);

  /// Columns that write_sums() writes: units of all networks, filled up to whole blocks.
  [[nodiscard]] std::size_t padded() const { return constants_.size(); }
  /// sums[column][row] of one panel, [word][row] (see BitPanels).
  void write_sums(const std::uint64_t* panel, double* sums) const;

 private:
  BitLayer() = default;
  void set_column(std::size_t column, const BinaryNetwork& network, const DenseLayer& layer, std::size_t unit,
                  ValueMap inputs);

  // A column's sum is constant + per_one * (inputs that are one) + per_common * (those whose weight is one, too).
  std::size_t words_ = 0;
  std::vector<std::uint64_t> exist_;    // of the inputs; one block of columns, the first of which is used
  std::vector<std::uint64_t> weights_;  // see count_common_bits
  std::vector<double> constants_, per_one_, per_common_;
};

}  // namespace bornite
