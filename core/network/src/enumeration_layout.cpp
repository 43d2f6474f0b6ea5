#include "enumeration_layout.hpp"

#include "lanes.hpp"

#include <algorithm>
#include <numeric>

namespace bornite {
namespace {

// Half B is the direction of the vectors; its table for a few rows fills half a second-level cache.
constexpr std::size_t most_b_bits = 8;
constexpr std::size_t most_a_bits = 6;
constexpr std::size_t least_a_bits = 4;
// So many bits of outer loop keep many cores busy.
constexpr std::size_t wanted_outer_bits = 5;
constexpr std::size_t most_group_bits = most_b_bits;
// Tables of one block of rows: 8 MB.
constexpr std::size_t numbers_per_table = std::size_t{1} << 20;
constexpr std::size_t most_rows_per_block = 4096;

BitGroup hidden_unit_group(const Encoding& encoding, std::size_t unit) {
  const NetworkSpec& spec = encoding.spec();
  const std::size_t layer = spec.widths.size() - 3;
  BitGroup group{BitGroup::Kind::hidden_unit, unit, {}};
  for (std::size_t input = 0; input < spec.widths[layer]; ++input)
    group.bits.push_back({BitRole::incoming, input, encoding.weight_qubit(layer, input, unit)});
  if (spec.biases) group.bits.push_back({BitRole::bias, 0, encoding.bias_qubit(layer, unit)});
  if (spec.search_units) group.bits.push_back({BitRole::existence, 0, encoding.unit_qubit(layer, unit)});
  for (std::size_t output = 0; output < spec.widths.back(); ++output)
    group.bits.push_back({BitRole::outgoing, output, encoding.weight_qubit(layer + 1, unit, output)});
  // The first bits of a unit too large for a table (weights from the first inputs) become part of the setting.
  if (group.bits.size() > most_group_bits) group.bits.erase(group.bits.begin(), group.bits.end() - most_group_bits);
  return group;
}

QubitList qubits_of(const std::vector<BitGroup>& groups, std::span<const std::size_t> chosen) {
  QubitList qubits;
  for (const std::size_t g : chosen)
    for (const GroupBit& bit : groups[g].bits) qubits.push_back(bit.qubit);
  return qubits;
}

}  // namespace

std::uint64_t scatter(std::uint64_t state, std::span<const std::size_t> qubits) {
  std::uint64_t index = 0;
  for (std::size_t i = 0; i < qubits.size(); ++i) index |= (state >> i & 1) << qubits[i];
  return index;
}

std::vector<std::uint64_t> scatter_all(std::span<const std::size_t> qubits) {
  std::vector<std::uint64_t> all(std::size_t{1} << qubits.size());
  for (std::size_t state = 0; state < all.size(); ++state) all[state] = scatter(state, qubits);
  return all;
}

std::size_t EnumerationLayout::rows_per_block(std::size_t terms) const {
  const std::size_t numbers = std::max(states, std::size_t{1} << b_qubits.size()) * terms;
  const std::size_t rows = std::min(most_rows_per_block, numbers_per_table / numbers);
  return std::max(tile_width, rows / tile_width * tile_width);
}

EnumerationLayout::EnumerationLayout(const Encoding& encoding) {
  add_groups(encoding);
  std::vector<bool> grouped(encoding.bits());
  for (BitGroup& group : groups) {
    group.offset = states;
    states += group.states();
    for (const GroupBit& bit : group.bits) grouped[bit.qubit] = true;
  }
  for (std::size_t qubit = 0; qubit < encoding.bits(); ++qubit)
    if (!grouped[qubit]) setting.push_back(qubit);
  divide();
}

void EnumerationLayout::add_groups(const Encoding& encoding) {
  const NetworkSpec& spec = encoding.spec();
  const std::size_t last = spec.widths.size() - 2;
  const std::size_t inputs = spec.widths[last];
  const std::size_t outputs = spec.widths[last + 1];
  for (std::size_t i = 0; i < inputs; ++i) {
    if (last > 0) {
      groups.push_back(hidden_unit_group(encoding, i));
      const GroupBit& first = groups.back().bits.front();
      if (first.role == BitRole::incoming && first.index == 0) ++whole_units;
      continue;
    }
    for (std::size_t k = 0; k < outputs; ++k)
      groups.push_back({BitGroup::Kind::input_weight, i, {{BitRole::outgoing, k, encoding.weight_qubit(0, i, k)}}});
  }
  for (std::size_t k = 0; spec.biases && k < outputs; ++k)
    groups.push_back({BitGroup::Kind::output_bias, k, {{BitRole::bias, k, encoding.bias_qubit(last, k)}}});
}

void EnumerationLayout::divide() {
  std::vector<std::size_t> left(groups.size());
  std::iota(left.begin(), left.end(), std::size_t{0});
  std::stable_sort(left.begin(), left.end(),
                   [&](std::size_t a, std::size_t b) { return groups[a].bits.size() > groups[b].bits.size(); });
  const auto take = [&](std::vector<std::size_t>& half, std::size_t most_bits) {
    std::size_t bits = 0;
    std::erase_if(left, [&](std::size_t g) {
      if (!half.empty() && bits + groups[g].bits.size() > most_bits) return false;
      half.push_back(g);
      bits += groups[g].bits.size();
      return true;
    });
  };
  take(half_b, most_b_bits);
  std::size_t left_bits = 0;
  for (const std::size_t g : left) left_bits += groups[g].bits.size();
  take(half_a, std::clamp(left_bits - std::min(left_bits, wanted_outer_bits), least_a_bits, most_a_bits));
  outer = left;
  outer_qubits = qubits_of(groups, outer);
  a_qubits = qubits_of(groups, half_a);
  b_qubits = qubits_of(groups, half_b);
}

}  // namespace bornite
