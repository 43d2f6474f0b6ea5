#include "half_tables.hpp"

#include "bornite/util/simd.hpp"

#include <algorithm>

namespace bornite {
namespace {

BORNITE_MULTIVERSION void multiply_states(double* values, std::size_t count, const double* states, std::size_t more) {
  for (std::size_t s = more; s-- > 0;)
    for (std::size_t i = 0; i < count; ++i) values[s * count + i] = values[i] * states[s];
}

BORNITE_MULTIVERSION void add_states(double* values, std::size_t count, const double* states, std::size_t more) {
  for (std::size_t s = more; s-- > 0;)
    for (std::size_t i = 0; i < count; ++i) values[s * count + i] = values[i] + states[s];
}

/// values[state] of all states of some groups at one row.
void combine(const EnumerationLayout& layout, std::span<const std::size_t> groups, const double* states,
             bool exponentials, double* values) {
  values[0] = exponentials ? 1.0 : 0.0;
  std::size_t count = 1;
  for (const std::size_t g : groups) {
    const BitGroup& group = layout.groups[g];
    (exponentials ? multiply_states : add_states)(values, count, states + group.offset, group.states());
    count *= group.states();
  }
}

}  // namespace

HalfAStates::HalfAStates(const EnumerationLayout& layout, HalfTableShape shape)
    : layout_(layout),
      shape_(shape),
      count_(std::size_t{1} << layout.a_qubits.size()),
      values_(shape.rows * shape.terms * count_) {}

void HalfAStates::fill(const GroupTables& tables, std::span<const std::size_t> rows) {
  double* to = values_.data();
  for (const std::size_t row : rows)
    for (std::size_t term = 0; term < shape_.terms; ++term, to += count_)
      combine(layout_, layout_.half_a, tables.at(row, term), shape_.exponentials, to);
}

HalfA::HalfA(const EnumerationLayout& layout, HalfTableShape shape, std::size_t outer,
             std::span<const NetworkClasses::Combination> combinations)
    : layout_(layout), shape_(shape), outer_(outer) {
  for (std::size_t i = 0; i < combinations.size(); i += 2) {
    const auto& first = combinations[i];
    const auto& second = combinations[std::min(i + 1, combinations.size() - 1)];
    states_.insert(states_.end(), {first.a, second.a});
    b_counts_.push_back(std::max(first.b_count, second.b_count));
  }
  values_.resize((shape.rows + 1) * shape.terms * count());
}

double HalfA::outer_value(const double* states, double start) const {
  std::size_t outer = outer_;
  for (const std::size_t g : layout_.outer) {
    const BitGroup& group = layout_.groups[g];
    const double value = states[group.offset + (outer & (group.states() - 1))];
    start = shape_.exponentials ? start * value : start + value;
    outer >>= group.bits.size();
  }
  return start;
}

void HalfA::fill(const GroupTables& tables, const HalfAStates& a, std::span<const std::size_t> rows) {
  const double* from = a.values();
  double* to = values_.data();
  for (const std::size_t row : rows)
    for (std::size_t term = 0; term < shape_.terms; ++term, from += a.count(), to += count()) {
      const double outer = outer_value(tables.at(row, term), shape_.exponentials ? 1.0 : tables.base(row));
      for (std::size_t i = 0; i < count(); ++i)
        to[i] = shape_.exponentials ? from[states_[i]] * outer : from[states_[i]] + outer;
    }
  std::fill_n(to, shape_.terms * count(), 0.0);
}

HalfB::HalfB(const EnumerationLayout& layout, HalfTableShape shape, std::span<const std::size_t> states)
    : layout_(layout),
      shape_(shape),
      states_(states),
      count_((states.size() + tile_width - 1) / tile_width * tile_width),
      tile_size_((shape.rows + 1) * shape.terms * tile_width),
      values_(count_ / tile_width * tile_size_) {}

void HalfB::fill(const GroupTables& tables, std::span<const std::size_t> rows) {
  std::vector<double> all(std::size_t{1} << layout_.b_qubits.size());
  rows_ = rows.size();
  for (std::size_t row = 0; row < rows.size(); ++row)
    for (std::size_t term = 0; term < shape_.terms; ++term) {
      combine(layout_, layout_.half_b, tables.at(rows[row], term), shape_.exponentials, all.data());
      double* to = values_.data() + (row * shape_.terms + term) * tile_width;
      for (std::size_t i = 0; i < states_.size(); ++i)
        to[i / tile_width * tile_size_ + i % tile_width] = all[states_[i]];
    }
}

HalfTables tables_of(const HalfA& a, const HalfB& b) {
  return {b.rows_,          b.shape_.terms,   a.count(),    b.count(),
          a.values_.data(), b.values_.data(), b.tile_size_, a.b_counts_.data()};
}

}  // namespace bornite
