#pragma once
// What a hidden unit adds to the outputs for each state of its bits.

#include "enumeration_layout.hpp"

#include "bornite/network/binary_network.hpp"

#include <cstddef>
#include <vector>

namespace bornite {

/// A unit of the last hidden layer: bits outside its group are taken from the network it is made with.
class HiddenUnitTable {
 public:
  HiddenUnitTable(const BitGroup& group, const BinaryNetwork& network);

  /// The unit's sum for each state of the bits that decide it (weights into it, bias): at most group.states() numbers.
  void write_sums(const double* inputs, double* sums) const;
  /// contributions[state] of all states to an output, from the activated sums.
  void write_contributions(const double* activated, std::size_t output, double* contributions) const;

 private:
  struct Source {
    std::size_t input;
    double weight;
  };
  std::vector<Source> fixed_;
  double fixed_bias_ = 0;
  std::vector<std::size_t> free_inputs_;
  bool free_bias_ = false;
  ValueMap values_;
  std::size_t states_;
  std::size_t sum_states_ = 1;
  std::vector<double> outgoing_;  // [output][state]: weight out of the unit, 0 where the unit is absent
};

}  // namespace bornite
