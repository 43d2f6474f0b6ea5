#include "bit_panels.hpp"

#include "lanes.hpp"

#include "bornite/util/bitstring.hpp"

#include <algorithm>

namespace bornite {

std::optional<BitPanels> BitPanels::of(const Dataset& data) {
  if (data.inputs.empty()) return std::nullopt;
  BitPanels panels;
  const double one = data.inputs.front();
  const auto other = std::find_if(data.inputs.begin(), data.inputs.end(), [&](double x) { return x != one; });
  panels.values_ = {other == data.inputs.end() ? 0.0 : *other, one};
  const auto is_value = [&](double x) { return x == panels.values_.zero || x == one; };
  if (!std::all_of(other, data.inputs.end(), is_value)) return std::nullopt;
  panels.panel_size_ = words_for_bits(data.features) * tile_width;
  panels.bits_.resize((data.rows() + tile_width - 1) / tile_width * panels.panel_size_);
  for (std::size_t row = 0; row < data.rows(); ++row) {
    std::uint64_t* to = panels.bits_.data() + row / tile_width * panels.panel_size_ + row % tile_width;
    for (std::size_t i = 0; i < data.features; ++i)
      to[i / 64 * tile_width] |= std::uint64_t{data.row(row)[i] == one} << i % 64;
  }
  return panels;
}

}  // namespace bornite
