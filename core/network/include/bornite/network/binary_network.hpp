#pragma once
// One network, with the numbers that a bitstring gave it.

#include "bornite/data/dataset.hpp"
#include "bornite/network/network_spec.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace bornite {

/// Weights from one layer of units to the next.
struct DenseLayer {
  std::size_t inputs = 0;
  std::size_t units = 0;
  std::vector<double> weights;       ///< inputs * units, row-major: weights[input * units + unit]
  std::vector<double> biases;        ///< units; zeros where the network has none
  std::vector<std::uint8_t> exists;  ///< units; an absent unit outputs 0. All 1 in the last layer.
};

/// A network as numbers. Hidden units apply `activation`; the last layer's sums mean what `output` says.
struct BinaryNetwork {
  std::vector<DenseLayer> layers;  ///< at least one
  Activation activation = Activation::relu;
  ValueMap values;
  OutputKind output = OutputKind::binary;

  [[nodiscard]] std::size_t inputs() const { return layers.front().inputs; }
  /// Numbers per example that outputs() gives: 1, or the number of classes for softmax.
  [[nodiscard]] std::size_t output_width() const { return layers.back().units; }

  /// Row-major rows x output_width(): p(y=1) for binary, p(y=k) for softmax, the value for regression. Uses all cores.
  /// Throws std::invalid_argument if the data have other features than inputs().
  [[nodiscard]] std::vector<double> outputs(const Dataset& data) const;

  /// Mean loss over the data, whose targets are taken as valid for this output. A tie between classes goes to the
  /// first of them: binary class 1 needs a positive logit. Throws std::invalid_argument if there are no data, if the
  /// features differ from inputs(), or if the loss does not fit the output.
  [[nodiscard]] double mean_loss(const Dataset& data, Loss loss) const;
};

/// The class that outputs of one example stand for, by the same rule for ties as the zero_one loss: binary {p(y=1)},
/// softmax the K probabilities. Throws std::invalid_argument for regression or no outputs.
[[nodiscard]] std::size_t predicted_class(OutputKind output, std::span<const double> outputs);

}  // namespace bornite
