#include "row_panels.hpp"

namespace bornite {

RowPanels::RowPanels(const Dataset& data)
    : rows_(data.rows()),
      features_(data.features),
      inputs_(panels() * features_ * tile_width),
      bits_(BitPanels::of(data)) {
  for (std::size_t row = 0; row < rows_; ++row) {
    double* to = inputs_.data() + (row / tile_width) * features_ * tile_width + row % tile_width;
    const auto from = data.row(row);
    for (std::size_t feature = 0; feature < features_; ++feature) to[feature * tile_width] = from[feature];
  }
}

}  // namespace bornite
