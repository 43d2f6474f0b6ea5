#include "network_classes.hpp"

#include "bornite/util/parallel.hpp"

#include <algorithm>
#include <functional>
#include <utility>

namespace bornite {
namespace {

std::vector<std::uint64_t> index_bits(const BitGroup& group) {
  QubitList qubits;
  for (const GroupBit& bit : group.bits) qubits.push_back(bit.qubit);
  return scatter_all(qubits);
}

}  // namespace

NetworkClasses::NetworkClasses(const EnumerationLayout& layout) : layout_(layout) {
  if (layout.whole_units > 1) {
    mask_ = layout.groups.front().states() - 1;
    outer_ = digits_of(layout.outer);
    a_ = digits_of(layout.half_a);
    b_ = digits_of(layout.half_b);
  }
  for (std::size_t b = 0; b < std::size_t{1} << layout.b_qubits.size(); ++b)
    if (descends(b_, b)) b_states_.push_back(b);
  if (b_.empty()) return;
  const auto first = [&](std::size_t b) { return b_.front().of(b, mask_); };
  std::stable_sort(b_states_.begin(), b_states_.end(), [&](auto b, auto c) { return first(b) < first(c); });
  b_counts_.resize(mask_ + 1);
  for (const std::size_t b : b_states_)
    for (std::size_t state = first(b); state <= mask_; ++state) ++b_counts_[state];
}

NetworkClasses::Digits NetworkClasses::digits_of(std::span<const std::size_t> groups) const {
  Digits digits;
  std::size_t shift = 0;
  for (const std::size_t g : groups) {
    if (layout_.groups[g].kind == BitGroup::Kind::hidden_unit) digits.push_back({g, shift});
    shift += layout_.groups[g].bits.size();
  }
  return digits;
}

bool NetworkClasses::descends(const Digits& digits, std::size_t state) const {
  for (std::size_t i = 1; i < digits.size(); ++i)
    if (digits[i - 1].of(state, mask_) < digits[i].of(state, mask_)) return false;
  return true;
}

std::vector<NetworkClasses::Combination> NetworkClasses::combinations(std::size_t outer) const {
  std::vector<Combination> all;
  if (!descends(outer_, outer)) return all;
  const std::size_t most = outer_.empty() ? mask_ : outer_.back().of(outer, mask_);
  for (std::size_t a = 0; a < std::size_t{1} << layout_.a_qubits.size(); ++a) {
    if (!descends(a_, a) || (!a_.empty() && a_.front().of(a, mask_) > most)) continue;
    const std::size_t last = a_.empty() ? most : a_.back().of(a, mask_);
    all.push_back({a, b_.empty() ? b_states_.size() : b_counts_[last]});
  }
  return all;
}

/// Goes through the networks of a setting that others represent.
class NetworkClasses::Walk {
 public:
  Walk(const NetworkClasses& classes, std::uint64_t setting)
      : classes_(classes),
        setting_(setting),
        a_index_(scatter_all(classes.layout_.a_qubits)),
        b_index_(scatter_all(classes.layout_.b_qubits)) {
    for (const Digits* digits : {&classes.outer_, &classes.a_, &classes.b_})
      for (const Digit& digit : *digits) places_.push_back(index_bits(classes.layout_.groups[digit.group]));
    for (const auto& place : places_) unit_bits_ |= place.back();
  }

  [[nodiscard]] std::size_t outer_states() const {
    return places_.empty() ? 0 : std::size_t{1} << classes_.layout_.outer_qubits.size();
  }

  /// use(index, index of the representative) for all of one state of the outer groups.
  void operator()(std::size_t outer, const auto& use) const {
    std::vector<std::size_t> units(places_.size());
    const std::uint64_t outer_index = setting_ | scatter(outer, classes_.layout_.outer_qubits);
    for (std::size_t a = 0; a < a_index_.size(); ++a)
      for (std::size_t b = 0; b < b_index_.size(); ++b) {
        std::size_t unit = 0;
        for (const Digit& digit : classes_.outer_) units[unit++] = digit.of(outer, classes_.mask_);
        for (const Digit& digit : classes_.a_) units[unit++] = digit.of(a, classes_.mask_);
        for (const Digit& digit : classes_.b_) units[unit++] = digit.of(b, classes_.mask_);
        const std::uint64_t index = outer_index | a_index_[a] | b_index_[b];
        const std::uint64_t representative = index_of_sorted(index, units);
        if (representative != index) use(index, representative);
      }
  }

 private:
  [[nodiscard]] std::uint64_t index_of_sorted(std::uint64_t index, std::vector<std::size_t>& units) const {
    std::sort(units.begin(), units.end(), std::greater<>());
    index &= ~unit_bits_;
    for (std::size_t i = 0; i < units.size(); ++i) index |= places_[i][units[i]];
    return index;
  }

  const NetworkClasses& classes_;
  std::uint64_t setting_;
  std::vector<std::uint64_t> a_index_, b_index_;
  std::vector<std::vector<std::uint64_t>> places_;  // [unit][state]: index bits
  std::uint64_t unit_bits_ = 0;
};

void NetworkClasses::copy_to_all(std::uint64_t setting, std::span<double> costs) const {
  const Walk walk(*this, setting);
  parallel_for(walk.outer_states(), [&](std::size_t outer) {
    walk(outer, [&](std::uint64_t index, std::uint64_t representative) { costs[index] = costs[representative]; });
  });
}

void NetworkClasses::add_to_representatives(std::uint64_t setting, std::span<double> weights) const {
  const Walk walk(*this, setting);
  for (std::size_t outer = 0; outer < walk.outer_states(); ++outer)
    walk(outer, [&](std::uint64_t index, std::uint64_t representative) {
      weights[representative] += std::exchange(weights[index], 0.0);
    });
}

}  // namespace bornite
