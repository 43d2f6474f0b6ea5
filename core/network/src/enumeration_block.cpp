#include "enumeration_block.hpp"

#include "bornite/util/simd.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace bornite {
namespace {

// e^300 can be squared, and e^700 is a number.
constexpr double largest_exponent = 300;
constexpr double largest_log_product = 700;
constexpr std::size_t numbers_per_tile_row = 64;

BORNITE_MULTIVERSION void multiply_states(double* values, std::size_t count, const double* states, std::size_t more) {
  for (std::size_t s = more; s-- > 0;)
    for (std::size_t i = 0; i < count; ++i) values[s * count + i] = values[i] * states[s];
}

BORNITE_MULTIVERSION void add_states(double* values, std::size_t count, const double* states, std::size_t more) {
  for (std::size_t s = more; s-- > 0;)
    for (std::size_t i = 0; i < count; ++i) values[s * count + i] = values[i] + states[s];
}

std::vector<std::uint64_t> indices(const QubitList& qubits) {
  std::vector<std::uint64_t> all(std::size_t{1} << qubits.size());
  for (std::size_t state = 0; state < all.size(); ++state) all[state] = scatter(state, qubits);
  return all;
}

}  // namespace

/// The tables and sums that one thread works on.
struct EnumerationBlock::Halves {
  Halves(std::size_t a, std::size_t b, std::size_t rows, std::size_t terms, double start)
      : a_count(std::max<std::size_t>(a, 2)),
        b_count(std::max(b, tile_width)),
        b_tile_size((rows + 1) * terms * tile_width),
        a_table((rows + 1) * terms * a_count),
        b_table(b_count / tile_width * b_tile_size),
        totals(a_count * b_count, start),
        exponents(a_count * b_count),
        combined(std::max(a_count, b_count)) {}

  std::size_t a_count, b_count, b_tile_size;
  std::vector<double> a_table, b_table;
  std::vector<double> totals;  // products for the method of that name
  std::vector<std::int64_t> exponents;
  std::vector<double> combined;  // one row of a half
  HalfTables view;
};

EnumerationBlock::EnumerationBlock(const EnumerationLayout& layout, GroupTables& tables, OutputKind output, Loss loss)
    : layout_(layout),
      tables_(tables),
      output_(output),
      loss_(loss),
      exponentials_(output != OutputKind::regression && loss != Loss::zero_one && tables.largest() <= largest_exponent),
      rows_at_once_(std::max<std::size_t>(2, numbers_per_tile_row / tables.terms())),
      a_index_(indices(layout.a_qubits)),
      b_index_(indices(layout.b_qubits)) {
  if (output == OutputKind::regression)
    method_ = Method::squares;
  else if (loss == Loss::zero_one)
    method_ = Method::errors;
  else if (!exponentials_)
    method_ = Method::direct;
  else
    method_ = loss == Loss::cross_entropy ? Method::products : Method::squared_errors;
  if (exponentials_) tables_.exponentiate();
}

void EnumerationBlock::add_losses(std::uint64_t index, std::size_t outer, std::span<double> totals) const {
  Halves halves(a_index_.size(), b_index_.size(), rows_at_once_, tables_.terms(),
                method_ == Method::products ? 1.0 : 0.0);
  for (std::size_t begin = 0; begin < tables_.rows(); begin += rows_at_once_) {
    fill(outer, begin, std::min(tables_.rows(), begin + rows_at_once_), halves);
    run_kernel(begin, halves);
  }
  index |= scatter(outer, layout_.outer_qubits);
  for (std::size_t a = 0; a < a_index_.size(); ++a)
    for (std::size_t b = 0; b < b_index_.size(); ++b)
      totals[index | a_index_[a] | b_index_[b]] += total(halves, a * halves.b_count + b);
}

double EnumerationBlock::total(const Halves& halves, std::size_t at) const {
  if (method_ != Method::products) return halves.totals[at];
  return std::log(halves.totals[at]) + static_cast<double>(halves.exponents[at]) * std::numbers::ln2;
}

/// Writes the rows [begin, end) of both halves; half A takes the outer groups with it.
void EnumerationBlock::fill(std::size_t outer, std::size_t begin, std::size_t end, Halves& halves) const {
  const std::size_t terms = tables_.terms();
  const auto combine = exponentials_ ? multiply_states : add_states;
  const auto combine_groups = [&](double start, const std::vector<std::size_t>& groups, const double* states) {
    halves.combined[0] = start;
    std::size_t count = 1;
    for (const std::size_t g : groups) {
      const BitGroup& group = layout_.groups[g];
      combine(halves.combined.data(), count, states + group.offset, group.states());
      count *= group.states();
    }
  };
  halves.view = {end - begin,       terms, halves.a_count, halves.b_count, halves.a_table.data(), halves.b_table.data(),
                 halves.b_tile_size};
  for (std::size_t row = begin; row < end; ++row)
    for (std::size_t term = 0; term < terms; ++term) {
      const double* states = tables_.at(row, term);
      const std::size_t at = (row - begin) * terms + term;
      double start = exponentials_ ? 1.0 : tables_.base(row);
      std::size_t shift = 0;
      for (const std::size_t g : layout_.outer) {
        const BitGroup& group = layout_.groups[g];
        const double value = states[group.offset + (outer >> shift & (group.states() - 1))];
        start = exponentials_ ? start * value : start + value;
        shift += group.bits.size();
      }
      combine_groups(start, layout_.half_a, states);
      std::copy_n(halves.combined.begin(), halves.a_count, halves.a_table.begin() + at * halves.a_count);
      combine_groups(exponentials_ ? 1.0 : 0.0, layout_.half_b, states);
      for (std::size_t b = 0; b < halves.b_count; b += tile_width)
        std::copy_n(halves.combined.data() + b, tile_width,
                    halves.b_table.data() + b / tile_width * halves.b_tile_size + at * tile_width);
    }
  std::fill_n(halves.a_table.begin() + (end - begin) * terms * halves.a_count, terms * halves.a_count, 0.0);
}

void EnumerationBlock::run_kernel(std::size_t begin, Halves& halves) const {
  const HalfTables& view = halves.view;
  const bool of_all_classes = output_ == OutputKind::softmax;
  switch (method_) {
    case Method::products:
      return multiply_factors(view, segment_ends(begin, view.rows), halves.totals.data(), halves.exponents.data());
    case Method::squared_errors: return add_squared_errors(view, of_all_classes, halves.totals.data());
    case Method::errors: return add_errors(view, thresholds(begin, view.rows).data(), halves.totals.data());
    case Method::squares: return add_squares(view, halves.totals.data());
    case Method::direct: return add_losses_of_sums(view, loss_, of_all_classes, halves.totals.data());
  }
}

/// As many factors as surely fit into a double go between two looks at its exponent.
std::vector<std::size_t> EnumerationBlock::segment_ends(std::size_t begin, std::size_t rows) const {
  std::vector<std::size_t> ends;
  double log_product = 0;
  for (std::size_t row = 0; row < rows; ++row) {
    const double log_factor = tables_.largest_log_factors()[begin + row];
    if (log_product + log_factor > largest_log_product) {
      ends.push_back(row);
      log_product = 0;
    }
    log_product += log_factor;
  }
  ends.push_back(rows);
  return ends;
}

std::vector<double> EnumerationBlock::thresholds(std::size_t begin, std::size_t rows) const {
  std::vector<double> all(rows * tables_.terms());
  for (std::size_t row = 0; row < rows; ++row)
    for (std::size_t term = 0; term < tables_.terms(); ++term)
      all[row * tables_.terms() + term] = tables_.wins_ties(begin + row, term) ? -tie_tolerance : tie_tolerance;
  return all;
}

}  // namespace bornite
