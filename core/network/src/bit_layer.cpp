#include "bit_layer.hpp"

#include "bit_kernels.hpp"

#include "bornite/util/bitstring.hpp"
#include "bornite/util/simd.hpp"

#include <algorithm>

namespace bornite {
namespace {

constexpr std::size_t most_columns_at_once = 8 * bit_column_block;

/// x <- the number, which is not negative and below 2^52.
BORNITE_INLINE void to_number(const LaneBits& count, Lanes& x) {
  constexpr double shift = 0x1p52;
  constexpr std::int64_t bits_of_shift = std::int64_t{1075} << 52;
  x = (Lanes)(count | bits_of_shift) - shift;
}

BORNITE_MULTIVERSION void scale(const std::int64_t* ones, const std::int64_t* common, std::size_t columns,
                                const double* constants, const double* per_one, const double* per_common,
                                double* sums) {
  for (std::size_t c = 0; c < columns; ++c)
    for (std::size_t k = 0; k < tile_width; k += lane_count) {
      Lanes all, both;
      to_number(lanes(const_cast<std::int64_t*>(ones) + k), all);
      to_number(lanes(const_cast<std::int64_t*>(common) + c * tile_width + k), both);
      lanes(sums + c * tile_width + k) = both * per_common[c] + (all * per_one[c] + constants[c]);
    }
}

bool is_two_valued(const BinaryNetwork& network, const DenseLayer& layer) {
  return std::ranges::all_of(layer.weights,
                             [&](double w) { return w == network.values.zero || w == network.values.one; });
}

}  // namespace

std::optional<BitLayer> BitLayer::pack(std::span<const BinaryNetwork> networks, std::size_t layer, ValueMap inputs) {
  const DenseLayer& shape = networks.front().layers[layer];
  BitLayer packed;
  packed.words_ = words_for_bits(shape.inputs);
  packed.exist_.resize(packed.words_ * bit_column_block);
  for (std::size_t i = 0; i < shape.inputs; ++i)
    if (layer == 0 || networks.front().layers[layer - 1].exists[i] != 0)
      packed.exist_[i / 64 * bit_column_block] |= std::uint64_t{1} << i % 64;
  const std::size_t columns = shape.units * networks.size();
  const std::size_t padded = (columns + bit_column_block - 1) / bit_column_block * bit_column_block;
  packed.weights_.resize(padded * packed.words_);
  for (auto* numbers : {&packed.constants_, &packed.per_one_, &packed.per_common_}) numbers->resize(padded);
  for (std::size_t column = 0; column < columns; ++column) {
    const BinaryNetwork& network = networks[column / shape.units];
    if (column % shape.units == 0 && !is_two_valued(network, network.layers[layer])) return std::nullopt;
    packed.set_column(column, network, network.layers[layer], column % shape.units, inputs);
  }
  return packed;
}

/// sum_i (x0 + dx bit_i) (w0 + dw weight_i) over the inputs i that exist.
void BitLayer::set_column(std::size_t column, const BinaryNetwork& network, const DenseLayer& layer, std::size_t unit,
                          ValueMap inputs) {
  const ValueMap values = network.values;
  std::uint64_t* to =
      weights_.data() + column / bit_column_block * bit_column_block * words_ + column % bit_column_block;
  double exist = 0, ones = 0;
  for (std::size_t i = 0; i < layer.inputs; ++i) {
    if ((exist_[i / 64 * bit_column_block] >> i % 64 & 1) == 0) continue;
    const bool one = layer.weights[i * layer.units + unit] == values.one;
    to[i / 64 * bit_column_block] |= std::uint64_t{one} << i % 64;
    exist += 1;
    ones += one ? 1 : 0;
  }
  constants_[column] = layer.biases[unit] + inputs.zero * (exist * values.zero + ones * (values.one - values.zero));
  per_one_[column] = (inputs.one - inputs.zero) * values.zero;
  per_common_[column] = (inputs.one - inputs.zero) * (values.one - values.zero);
}

void BitLayer::write_sums(const std::uint64_t* panel, double* sums) const {
  std::int64_t ones[bit_column_block * tile_width];
  count_common_bits(panel, words_, exist_.data(), bit_column_block, ones);
  std::int64_t common[most_columns_at_once * tile_width];
  for (std::size_t c = 0; c < padded(); c += most_columns_at_once) {
    const std::size_t columns = std::min(most_columns_at_once, padded() - c);
    count_common_bits(panel, words_, weights_.data() + c * words_, columns, common);
    scale(ones, common, columns, constants_.data() + c, per_one_.data() + c, per_common_.data() + c,
          sums + c * tile_width);
  }
}

}  // namespace bornite
