#pragma once
// Networks in the order of memory that the forward pass reads, one or several side by side.

#include "bit_layer.hpp"
#include "lanes.hpp"
#include "row_panels.hpp"

#include "bornite/network/binary_network.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace bornite {

/// Several networks of one shape. Networks without a hidden layer are put side by side as one wide layer; a deep one
/// comes alone.
class PackedNetworks {
 public:
  /// What forward() works with, to be reused from call to call on one thread.
  struct Scratch {
    std::vector<double> sums;
    std::vector<std::uint64_t> bits;
  };

  /// At least one network; exactly one if there are hidden layers. Rows that forward() gets are like these: wide layers
  /// that read bits, or two-valued activations, count them instead of multiplying.
  PackedNetworks(std::span<const BinaryNetwork> networks, const RowPanels& rows);

  /// Columns that forward() writes: outputs of network 0, of network 1, ..., then padding.
  [[nodiscard]] std::size_t padded_columns() const { return layers_.back().padded; }
  /// The last layer's sums for one panel of rows: padded_columns() * tile_width numbers, column after column.
  void forward(const RowPanels& rows, std::size_t panel, double* sums, Scratch& scratch) const;

 private:
  struct Layer {
    std::size_t inputs = 0;
    std::size_t units = 0;
    std::size_t padded = 0;        // units, filled up to whole column blocks
    std::vector<double> weights;   // for each block of columns: for each input: the block's weights
    std::vector<double> biases;    // padded
    std::optional<BitLayer> bits;  // instead of weights and biases
  };
  static Layer pack(std::span<const BinaryNetwork> networks, std::size_t layer, const std::optional<ValueMap>& inputs);

  Activation activation_;
  std::vector<Layer> layers_;
};

}  // namespace bornite
