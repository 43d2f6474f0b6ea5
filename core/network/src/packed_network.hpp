#pragma once
// Networks in the order of memory that the forward pass reads, one or several side by side.

#include "lanes.hpp"

#include "bornite/network/binary_network.hpp"

#include <cstddef>
#include <span>
#include <vector>

namespace bornite {

/// Several networks of one shape. Networks without a hidden layer are put side by side as one wide layer; a deep one
/// comes alone.
class PackedNetworks {
 public:
  /// At least one network; exactly one if there are hidden layers.
  explicit PackedNetworks(std::span<const BinaryNetwork> networks);

  /// Columns that forward() writes: outputs of network 0, of network 1, ..., then padding.
  [[nodiscard]] std::size_t padded_columns() const { return layers_.back().padded; }
  /// The last layer's sums for one panel of rows (see RowPanels): padded_columns() * tile_width numbers, column after
  /// column. `scratch` is the caller's to reuse from call to call, on one thread.
  void forward(const double* panel, double* sums, std::vector<double>& scratch) const;

 private:
  struct Layer {
    std::size_t inputs = 0;
    std::size_t units = 0;
    std::size_t padded = 0;       // units, filled up to whole column blocks
    std::vector<double> weights;  // for each block of columns: for each input: the block's weights
    std::vector<double> biases;   // padded
  };
  static Layer pack(std::span<const BinaryNetwork> networks, std::size_t layer);

  Activation activation_;
  std::vector<Layer> layers_;
};

}  // namespace bornite
