#pragma once
// Which bit of a measured string is which weight, hyper-parameter or piece of architecture of a network.

#include "bornite/network/binary_network.hpp"
#include "bornite/network/network_spec.hpp"
#include "bornite/util/bitstring.hpp"
#include "bornite/util/error.hpp"

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace bornite {

/// Consecutive parameters of one kind.
///   Wl          weights into layer l = 1, 2, ..., row-major [input][output unit]
///   bl          biases of layer l
///   units       for each hidden unit, layer by layer: 1 if it exists
///   activation  index of the chosen activation, most significant bit first
///   values      index of the chosen value map, most significant bit first
struct ParameterBlock {
  std::string name;
  std::size_t first = 0;  ///< parameter number of its first bit
  std::size_t size = 0;   ///< bits
};

/// One bit of a network.
struct Parameter {
  std::string name;   ///< like "W1[0][2]" (layer 1, input 0, output unit 2), "b1[2]", "unit1[2]", "values[0]"
  std::string block;  ///< like "W1"
  std::size_t qubit = 0;
};

/// The map from bitstrings of any length to networks. A value; all functions are safe from several threads.
class Encoding {
 public:
  /// Refuses fewer than two widths, a width of 0, numbers of choices that are not a power of two, choices or
  /// search_units without a hidden layer, value maps that are not finite or give both bits one value, losses and widths
  /// that do not fit the output kind, and an order that misses, repeats or invents a block.
  [[nodiscard]] static Result<Encoding> create(NetworkSpec spec);

  [[nodiscard]] const NetworkSpec& spec() const { return spec_; }
  /// Length of the strings: the number of parameters, and of qubits.
  [[nodiscard]] std::size_t bits() const { return bits_; }
  [[nodiscard]] std::span<const ParameterBlock> blocks() const { return blocks_; }
  /// All parameters by number, with their names and qubits.
  [[nodiscard]] std::vector<Parameter> parameters() const;

  /// The qubit of a parameter number below bits(): the number itself, or counted from the end with reverse_qubits.
  [[nodiscard]] std::size_t qubit(std::size_t parameter) const {
    return spec_.reverse_qubits ? bits_ - 1 - parameter : parameter;
  }
  /// Layers count from 0 here. Precondition of these: the network has such a bit.
  [[nodiscard]] std::size_t weight_qubit(std::size_t layer, std::size_t input, std::size_t unit) const;
  [[nodiscard]] std::size_t bias_qubit(std::size_t layer, std::size_t unit) const;
  [[nodiscard]] std::size_t unit_qubit(std::size_t layer, std::size_t unit) const;

  /// Throws std::invalid_argument unless the string has bits() bits.
  [[nodiscard]] BinaryNetwork decode(BitstringView string) const;

 private:
  Encoding() = default;
  [[nodiscard]] std::size_t choice(BitstringView string, std::size_t first, std::size_t choices) const;
  [[nodiscard]] DenseLayer decode_layer(BitstringView string, std::size_t layer, ValueMap values) const;

  NetworkSpec spec_;
  std::size_t bits_ = 0;
  std::vector<ParameterBlock> blocks_;
  std::vector<std::size_t> weights_first_;  // parameter number where each layer's block starts
  std::vector<std::size_t> biases_first_;
  std::size_t units_first_ = 0;
  std::size_t activation_first_ = 0;
  std::size_t values_first_ = 0;
};

}  // namespace bornite
