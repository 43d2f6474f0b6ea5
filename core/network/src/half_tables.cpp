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

}  // namespace

HalfTableBuffer::HalfTableBuffer(const EnumerationLayout& layout, std::size_t rows, std::size_t terms,
                                 bool exponentials)
    : layout_(layout),
      exponentials_(exponentials),
      a_count_(std::max(std::size_t{1} << layout.a_qubits.size(), std::size_t{2})),
      b_count_(std::max(std::size_t{1} << layout.b_qubits.size(), tile_width)),
      b_tile_size_((rows + 1) * terms * tile_width),
      a_((rows + 1) * terms * a_count_),
      b_(b_count_ / tile_width * b_tile_size_),
      combined_(std::max(a_count_, b_count_)) {}

double HalfTableBuffer::outer_value(const double* states, double start, std::size_t outer) const {
  for (const std::size_t g : layout_.outer) {
    const BitGroup& group = layout_.groups[g];
    const double value = states[group.offset + (outer & (group.states() - 1))];
    start = exponentials_ ? start * value : start + value;
    outer >>= group.bits.size();
  }
  return start;
}

void HalfTableBuffer::combine(const std::vector<std::size_t>& groups, const double* states, double start) {
  combined_[0] = start;
  std::size_t count = 1;
  for (const std::size_t g : groups) {
    const BitGroup& group = layout_.groups[g];
    (exponentials_ ? multiply_states : add_states)(combined_.data(), count, states + group.offset, group.states());
    count *= group.states();
  }
}

const HalfTables& HalfTableBuffer::fill(const GroupTables& tables, std::size_t outer, std::size_t begin,
                                        std::size_t end) {
  const std::size_t terms = tables.terms();
  const double neutral = exponentials_ ? 1.0 : 0.0;
  for (std::size_t row = begin; row < end; ++row)
    for (std::size_t term = 0; term < terms; ++term) {
      const double* states = tables.at(row, term);
      const std::size_t at = (row - begin) * terms + term;
      combine(layout_.half_a, states, outer_value(states, exponentials_ ? neutral : tables.base(row), outer));
      std::copy_n(combined_.data(), a_count_, a_.data() + at * a_count_);
      combine(layout_.half_b, states, neutral);
      for (std::size_t b = 0; b < b_count_; b += tile_width)
        std::copy_n(combined_.data() + b, tile_width, b_.data() + b / tile_width * b_tile_size_ + at * tile_width);
    }
  std::fill_n(a_.data() + (end - begin) * terms * a_count_, terms * a_count_, 0.0);
  view_ = {end - begin, terms, a_count_, b_count_, a_.data(), b_.data(), b_tile_size_};
  return view_;
}

}  // namespace bornite
