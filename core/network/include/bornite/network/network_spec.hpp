#pragma once
// What kind of binary network the bits describe: its shape, its choices and its loss.

#include "bornite/util/error.hpp"

#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace bornite {

/// What a hidden unit makes of its sum z. sign: +1 if z >= 0, else -1. step: 1 if z >= 0, else 0. A z within
/// `tie_tolerance` of 0 counts as 0.
enum class Activation { sign, step, relu, sigmoid, tanh };
/// What the last layer means. binary: one logit, p(y=1) its sigmoid. softmax: a logit per class. regression: the value.
enum class OutputKind { binary, softmax, regression };
/// What is averaged over the examples. cross_entropy: -log p(target), natural logarithm. squared_error: (p - y)^2 for
/// binary, sum_k (p_k - [k = y])^2 for softmax, (value - y)^2 for regression. zero_one: 1 when the class is wrong.
enum class Loss { cross_entropy, squared_error, zero_one };

inline constexpr std::array activation_kinds{Activation::sign, Activation::step, Activation::relu, Activation::sigmoid,
                                             Activation::tanh};
inline constexpr std::array output_kinds{OutputKind::binary, OutputKind::softmax, OutputKind::regression};
inline constexpr std::array loss_kinds{Loss::cross_entropy, Loss::squared_error, Loss::zero_one};

/// Sums that are equal on paper differ in their last digits with the order of the additions. Differences up to this
/// count as ties, so that neither a sign nor a class hangs on rounding.
inline constexpr double tie_tolerance = 1e-10;

[[nodiscard]] std::string_view to_string(Activation activation);
[[nodiscard]] std::string_view to_string(OutputKind output);
[[nodiscard]] std::string_view to_string(Loss loss);
/// These refuse an unknown name with the list of known ones.
[[nodiscard]] Result<Activation> parse_activation(std::string_view name);
[[nodiscard]] Result<OutputKind> parse_output_kind(std::string_view name);
[[nodiscard]] Result<Loss> parse_loss(std::string_view name);

/// The numbers that a weight or bias takes for bit 0 and bit 1.
struct ValueMap {
  double zero = -1;
  double one = 1;
  friend bool operator==(const ValueMap&, const ValueMap&) = default;
};

/// A fully connected network with binary weights. Encoding::create() says what it refuses.
struct NetworkSpec {
  std::vector<std::size_t> widths;  ///< inputs, units of each hidden layer, outputs
  bool biases = true;               ///< whether every unit, outputs too, has a binary bias
  std::vector<Activation> activations = {
      Activation::relu};                        ///< of all hidden layers; 2^k choices are searched by k bits
  std::vector<ValueMap> values = {ValueMap{}};  ///< of all weights; 2^k choices are searched by k bits
  OutputKind output = OutputKind::binary;
  Loss loss = Loss::cross_entropy;
  bool search_units = false;       ///< a bit per hidden unit: does it exist
  std::vector<std::string> order;  ///< blocks in parameter order; empty: W1, b1, W2, b2, ..., units, activation, values
  bool reverse_qubits = false;     ///< parameter i sits on qubit N-1-i, as in arXiv 2301.08292, instead of i

  friend bool operator==(const NetworkSpec&, const NetworkSpec&) = default;
};

}  // namespace bornite
