#pragma once
// The mean loss of every network that an encoding describes, over a training set.

#include "bornite/data/dataset.hpp"
#include "bornite/network/cost_model.hpp"
#include "bornite/network/encoding.hpp"

#include <memory>

namespace bornite {

/// C(s) = mean loss of encoding.decode(s). Cheap to copy; copies share the data.
///
/// Equal rows are evaluated once. costs() runs the networks forward, counting bits in wide layers whose inputs take two
/// values (binarised data, sign or step activations). enumerate() splits the last hidden layer (or,
/// without one, the weights) into two halves whose contributions to the logits are tabulated, so that a network and a
/// row take a few operations and no exponential or logarithm; of networks that differ by the order of the last hidden
/// layer's units (if all bits of a unit, at most 8, fit into a table) it evaluates one and copies its cost. The two
/// agree to 1e-12 (absolutely for costs below 1, relatively above): a cross-entropy is the logarithm of a product over
/// all rows whose exponent is kept apart, so its error is below (number of hidden units or weights + 10) * 2^-52 per
/// row. Rows with logits beyond 300 take a direct formula.
class NetworkCost : public CostModel {
 public:
  /// Refuses data without rows, data whose features are not the network's inputs, and targets that are not classes
  /// (naming the row; any finite number will do for regression).
  [[nodiscard]] static Result<NetworkCost> create(Encoding encoding, const Dataset& train);

  [[nodiscard]] const Encoding& encoding() const;
  [[nodiscard]] std::size_t bits() const override;
  /// Refuses, besides, a cost that overflows. Throws std::invalid_argument if `out` or the strings have a wrong size.
  [[nodiscard]] Result<void> costs(const BitstringList& strings, std::span<double> out) const override;
  /// Refuses, besides, a cost that overflows.
  [[nodiscard]] Result<CostTable> enumerate() const override;

 private:
  struct State;
  explicit NetworkCost(std::shared_ptr<const State> state) : state_(std::move(state)) {}
  std::shared_ptr<const State> state_;
};

}  // namespace bornite
