#pragma once
// Which networks of a setting have the same cost, so that one of them need be evaluated.

#include "enumeration_layout.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace bornite {

/// Networks that differ by the order of the last hidden layer's units have the same outputs. The representative of such
/// a class is the one whose units' states descend in the order of the outer groups, half A, half B. Units too large for
/// a group are not exchanged: then, as without hidden units, every network represents itself.
class NetworkClasses {
 public:
  /// Keeps a reference to the layout.
  explicit NetworkClasses(const EnumerationLayout& layout);

  /// The states of half B that representatives have, in the order of the kernels' tables.
  [[nodiscard]] const std::vector<std::size_t>& b_states() const { return b_states_; }

  /// A state of half A and how many of b_states(), from the first on, make representatives with it (at least one).
  struct Combination {
    std::size_t a;
    std::size_t b_count;
  };
  /// The representatives with a state of the outer groups; there may be none.
  [[nodiscard]] std::vector<Combination> combinations(std::size_t outer) const;

  /// Copies, for the setting with these index bits, costs from the representatives to the other networks. Uses all
  /// cores.
  void copy_to_all(std::uint64_t setting, std::span<double> costs) const;

  /// Adds the weights of all networks of a setting to those of their representatives.
  void add_to_representatives(std::uint64_t setting, std::span<double> weights) const;

 private:
  /// A unit's place in the state of several groups.
  struct Digit {
    std::size_t group;
    std::size_t shift;
    [[nodiscard]] std::size_t of(std::size_t state, std::size_t mask) const { return state >> shift & mask; }
  };
  using Digits = std::vector<Digit>;
  class Walk;
  [[nodiscard]] Digits digits_of(std::span<const std::size_t> groups) const;
  [[nodiscard]] bool descends(const Digits& digits, std::size_t state) const;

  const EnumerationLayout& layout_;
  std::size_t mask_ = 0;  // of a unit's state
  Digits outer_, a_, b_;  // empty where units are not exchanged
  std::vector<std::size_t> b_states_;
  std::vector<std::size_t> b_counts_;  // states of half B whose first unit has at most this state
};

}  // namespace bornite
