#include "packed_network.hpp"

#include "activate.hpp"
#include "bit_kernels.hpp"

#include "bornite/util/bitstring.hpp"
#include "bornite/util/simd.hpp"

#include <algorithm>
#include <stdexcept>

namespace bornite {
namespace {

// Columns whose sums a kernel keeps in registers: with tile_width rows, six vectors of AVX-512 or twelve of AVX2.
constexpr std::size_t column_block = 3;

/// sums[c][row] = biases[c] + sum_i panel[i][row] weights[c / 3][i][c % 3], for tile_width rows.
BORNITE_MULTIVERSION void multiply(const double* panel, std::size_t inputs, const double* weights, const double* biases,
                                   std::size_t columns, double* sums) {
  for (std::size_t c = 0; c < columns; c += column_block) {
    const double* w = weights + c * inputs;
    Lanes sum[column_block][2];
    for (std::size_t k = 0; k < column_block; ++k) sum[k][0] = sum[k][1] = Lanes{} + biases[c + k];
    for (std::size_t i = 0; i < inputs; ++i) {
      const Lanes first = lanes(panel + i * tile_width);
      const Lanes second = lanes(panel + i * tile_width + lane_count);
      for (std::size_t k = 0; k < column_block; ++k) {
        sum[k][0] += first * w[i * column_block + k];
        sum[k][1] += second * w[i * column_block + k];
      }
    }
    for (std::size_t k = 0; k < column_block; ++k) {
      lanes(sums + (c + k) * tile_width) = sum[k][0];
      lanes(sums + (c + k) * tile_width + lane_count) = sum[k][1];
    }
  }
}

// Narrower layers are as fast by multiplications.
constexpr std::size_t least_bits = 32;

/// What the activation makes of any sum, if that is one of two numbers.
std::optional<ValueMap> two_values(Activation activation) {
  switch (activation) {
    case Activation::sign: return ValueMap{-1, 1};
    case Activation::step: return ValueMap{0, 1};
    default: return std::nullopt;
  }
}

}  // namespace

PackedNetworks::PackedNetworks(std::span<const BinaryNetwork> networks, const RowPanels& rows)
    : activation_(networks.front().activation) {
  const std::size_t depth = networks.front().layers.size();
  if (depth > 1 && networks.size() > 1) throw std::invalid_argument("deep networks are packed one by one");
  std::optional<ValueMap> inputs;
  if (rows.bits()) inputs = rows.bits()->values();
  for (std::size_t layer = 0; layer < depth; ++layer) {
    layers_.push_back(pack(networks, layer, inputs));
    inputs = two_values(activation_);
  }
}

PackedNetworks::Layer PackedNetworks::pack(std::span<const BinaryNetwork> networks, std::size_t layer,
                                           const std::optional<ValueMap>& inputs) {
  const DenseLayer& shape = networks.front().layers[layer];
  Layer packed{shape.inputs, shape.units * networks.size(), 0, {}, {}, {}};
  if (inputs && shape.inputs >= least_bits) packed.bits = BitLayer::pack(networks, layer, *inputs);
  if (packed.bits) {
    packed.padded = packed.bits->padded();
    return packed;
  }
  packed.padded = (packed.units + column_block - 1) / column_block * column_block;
  packed.weights.resize(packed.padded * packed.inputs);
  packed.biases.resize(packed.padded);
  for (std::size_t column = 0; column < packed.units; ++column) {
    const BinaryNetwork& network = networks[column / shape.units];
    const std::size_t unit = column % shape.units;
    const DenseLayer& from = network.layers[layer];
    double* weights =
        packed.weights.data() + column / column_block * column_block * packed.inputs + column % column_block;
    for (std::size_t input = 0; input < packed.inputs; ++input) {
      const bool absent = layer > 0 && network.layers[layer - 1].exists[input] == 0;
      weights[input * column_block] = absent ? 0.0 : from.weights[input * shape.units + unit];
    }
    packed.biases[column] = from.biases[unit];
  }
  return packed;
}

void PackedNetworks::forward(const RowPanels& rows, std::size_t panel, double* sums, Scratch& scratch) const {
  std::size_t widest = 0;
  for (const Layer& layer : layers_) widest = std::max(widest, layer.padded);
  scratch.sums.resize(2 * widest * tile_width);
  scratch.bits.resize(words_for_bits(widest) * tile_width);
  const double* from = rows.panel(panel);
  for (std::size_t l = 0; l < layers_.size(); ++l) {
    const Layer& layer = layers_[l];
    const bool last = l + 1 == layers_.size();
    double* to = last ? sums : scratch.sums.data() + (l % 2) * widest * tile_width;
    if (layer.bits)
      layer.bits->write_sums(l == 0 ? rows.bits()->panel(panel) : scratch.bits.data(), to);
    else
      multiply(from, layer.inputs, layer.weights.data(), layer.biases.data(), layer.padded, to);
    if (last) return;
    activate(activation_, to, layer.units * tile_width);
    if (layers_[l + 1].bits) pack_positive(to, layer.units, scratch.bits.data());
    from = to;
  }
}

}  // namespace bornite
