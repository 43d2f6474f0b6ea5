#include "enumeration_block.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace bornite {
namespace {

constexpr double largest_log_product = 700;  // e^700 is a number
constexpr std::size_t terms_at_once = 64;

}  // namespace

/// What one thread works on.
struct EnumerationBlock::Sums {
  HalfTableBuffer tables;
  std::vector<double> totals;           // [a][b]; products for the method of that name
  std::vector<std::int64_t> exponents;  // [a][b]
};

EnumerationBlock::EnumerationBlock(const EnumerationLayout& layout, GroupTables& tables, OutputKind output, Loss loss)
    : layout_(layout),
      tables_(tables),
      output_(output),
      loss_(loss),
      exponentials_(output != OutputKind::regression && loss != Loss::zero_one && tables.largest() <= largest_exponent),
      rows_at_once_(std::max<std::size_t>(2, terms_at_once / tables.terms())),
      a_index_(scatter_all(layout.a_qubits)),
      b_index_(scatter_all(layout.b_qubits)) {
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
  Sums sums{HalfTableBuffer(layout_, rows_at_once_, tables_.terms(), exponentials_), {}, {}};
  const std::size_t b_count = sums.tables.b_count();
  sums.totals.assign(sums.tables.a_count() * b_count, method_ == Method::products ? 1.0 : 0.0);
  sums.exponents.assign(sums.totals.size(), 0);
  for (std::size_t begin = 0; begin < tables_.rows(); begin += rows_at_once_)
    run_kernel(sums.tables.fill(tables_, outer, begin, std::min(tables_.rows(), begin + rows_at_once_)), begin, sums);
  index |= scatter(outer, layout_.outer_qubits);
  for (std::size_t a = 0; a < a_index_.size(); ++a)
    for (std::size_t b = 0; b < b_index_.size(); ++b)
      totals[index | a_index_[a] | b_index_[b]] += total(sums, a * b_count + b);
}

double EnumerationBlock::total(const Sums& sums, std::size_t at) const {
  if (method_ != Method::products) return sums.totals[at];
  return std::log(sums.totals[at]) + static_cast<double>(sums.exponents[at]) * std::numbers::ln2;
}

void EnumerationBlock::run_kernel(const HalfTables& view, std::size_t begin, Sums& sums) const {
  const bool of_all_classes = output_ == OutputKind::softmax;
  double* totals = sums.totals.data();
  switch (method_) {
    case Method::products: return multiply_factors(view, segment_ends(begin, view.rows), totals, sums.exponents.data());
    case Method::squared_errors: return add_squared_errors(view, of_all_classes, totals);
    case Method::errors: return add_errors(view, thresholds(begin, view.rows).data(), totals);
    case Method::squares: return add_squares(view, totals);
    case Method::direct: return add_losses_of_sums(view, loss_, of_all_classes, totals);
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
