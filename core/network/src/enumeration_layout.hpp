#pragma once
// How the bits of an encoding are divided for an enumeration.

#include "bornite/network/encoding.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace bornite {

/// What a bit of a group is, seen from the group's unit.
enum class BitRole { incoming, bias, existence, outgoing };

struct GroupBit {
  BitRole role;
  std::size_t index;  ///< of the input (incoming) or of the output (outgoing, bias of an output)
  std::size_t qubit;
};

/// Bits whose joint contribution to the outputs' sums does not depend on other bits once the setting is fixed: a unit
/// of the last hidden layer with everything around it, a bias of an output, or, without hidden layers, one weight.
struct BitGroup {
  enum class Kind { hidden_unit, output_bias, input_weight };
  Kind kind;
  std::size_t unit;            ///< hidden unit, output, or input
  std::vector<GroupBit> bits;  ///< bit i of a state is bits[i]
  std::size_t offset = 0;      ///< of its first state among the states of all groups

  [[nodiscard]] std::size_t states() const { return std::size_t{1} << bits.size(); }
};

/// Bits in the order of a state's bits.
using QubitList = std::vector<std::size_t>;

/// The index bits of a state.
[[nodiscard]] std::uint64_t scatter(std::uint64_t state, std::span<const std::size_t> qubits);

/// The index bits of every state.
[[nodiscard]] std::vector<std::uint64_t> scatter_all(std::span<const std::size_t> qubits);

/// The setting (hyper-parameters, layers before the last hidden one, what is too much for a table) is looped over
/// outermost; the groups are divided into `outer`, looped over next, and two halves, whose tables are combined.
struct EnumerationLayout {
  explicit EnumerationLayout(const Encoding& encoding);

  /// Rows whose tables, of groups and of half B, take a few megabytes with so many terms; a multiple of tile_width.
  [[nodiscard]] std::size_t rows_per_block(std::size_t terms) const;

  QubitList setting;
  std::vector<BitGroup> groups;
  std::size_t states = 0;                          ///< of all groups together
  std::size_t whole_units = 0;                     ///< hidden units that a group holds all bits of; they come first
  std::vector<std::size_t> outer, half_a, half_b;  ///< numbers of groups
  QubitList outer_qubits, a_qubits, b_qubits;

 private:
  void add_groups(const Encoding& encoding);
  void divide();
};

}  // namespace bornite
