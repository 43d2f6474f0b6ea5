#include "hidden_unit_table.hpp"

namespace bornite {
namespace {

/// The weight from the group's unit to an output, 0 where the unit is absent.
double outgoing_weight(const BitGroup& group, const BinaryNetwork& network, std::size_t output, std::size_t state) {
  const DenseLayer& out = network.layers.back();
  double weight = out.weights[group.unit * out.units + output];
  bool exists = network.layers[network.layers.size() - 2].exists[group.unit] != 0;
  for (std::size_t b = 0; b < group.bits.size(); ++b) {
    const bool set = (state >> b & 1) != 0;
    if (group.bits[b].role == BitRole::existence) exists = set;
    if (group.bits[b].role == BitRole::outgoing && group.bits[b].index == output)
      weight = set ? network.values.one : network.values.zero;
  }
  return exists ? weight : 0.0;
}

/// One more bit than there was doubles the states.
void double_states(double* sums, std::size_t& states, double if_zero, double if_one) {
  for (std::size_t s = 0; s < states; ++s) {
    sums[states + s] = sums[s] + if_one;
    sums[s] += if_zero;
  }
  states *= 2;
}

}  // namespace

HiddenUnitTable::HiddenUnitTable(const BitGroup& group, const BinaryNetwork& network)
    : fixed_bias_(network.layers[network.layers.size() - 2].biases[group.unit]),
      values_(network.values),
      states_(group.states()) {
  const DenseLayer& into = network.layers[network.layers.size() - 2];
  std::vector<bool> is_free(into.inputs);
  for (const GroupBit& bit : group.bits) {
    if (bit.role == BitRole::incoming) free_inputs_.push_back(bit.index);
    if (bit.role == BitRole::incoming) is_free[bit.index] = true;
    if (bit.role == BitRole::bias) free_bias_ = true;
  }
  if (free_bias_) fixed_bias_ = 0;
  for (std::size_t input = 0; input < into.inputs; ++input)
    if (!is_free[input]) fixed_.push_back({input, into.weights[input * into.units + group.unit]});
  sum_states_ = std::size_t{1} << (free_inputs_.size() + (free_bias_ ? 1 : 0));
  for (std::size_t output = 0; output < network.output_width(); ++output)
    for (std::size_t state = 0; state < states_; ++state)
      outgoing_.push_back(outgoing_weight(group, network, output, state));
}

void HiddenUnitTable::write_sums(const double* inputs, double* sums) const {
  sums[0] = fixed_bias_;
  for (const Source& source : fixed_) sums[0] += inputs[source.input] * source.weight;
  std::size_t states = 1;
  for (const std::size_t input : free_inputs_)
    double_states(sums, states, inputs[input] * values_.zero, inputs[input] * values_.one);
  if (free_bias_) double_states(sums, states, values_.zero, values_.one);
}

void HiddenUnitTable::write_contributions(const double* activated, std::size_t output, double* contributions) const {
  const double* outgoing = outgoing_.data() + output * states_;
  for (std::size_t state = 0; state < states_; ++state)
    contributions[state] = activated[state & (sum_states_ - 1)] * outgoing[state];
}

}  // namespace bornite
