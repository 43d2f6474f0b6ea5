#include "enumeration_block.hpp"

#include "bornite/util/parallel.hpp"

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
  std::vector<double> totals;           // [a][b]; products for the method of that name
  std::vector<std::int64_t> exponents;  // [a][b]
};

EnumerationBlock::EnumerationBlock(const EnumerationLayout& layout, const NetworkClasses& classes, GroupTables& tables,
                                   OutputKind output, Loss loss)
    : layout_(layout),
      classes_(classes),
      tables_(tables),
      output_(output),
      loss_(loss),
      exponentials_(output != OutputKind::regression && loss != Loss::zero_one && tables.largest() <= largest_exponent),
      rows_at_once_(std::max<std::size_t>(2, terms_at_once / tables.terms())),
      a_index_(scatter_all(layout.a_qubits)) {
  for (const std::size_t b : classes.b_states()) b_index_.push_back(scatter(b, layout.b_qubits));
  if (output == OutputKind::regression)
    method_ = Method::squares;
  else if (loss == Loss::zero_one)
    method_ = Method::errors;
  else if (!exponentials_)
    method_ = Method::direct;
  else
    method_ = loss == Loss::cross_entropy ? Method::products : Method::squared_errors;
  if (exponentials_) tables_.exponentiate();
  fill_halves();
}

void EnumerationBlock::fill_halves() {
  const std::size_t chunks = (tables_.rows() + rows_at_once_ - 1) / rows_at_once_;
  half_a_.reserve(chunks);
  half_b_.reserve(chunks);
  for (std::size_t chunk = 0; chunk < chunks; ++chunk) {
    half_a_.emplace_back(layout_, shape());
    half_b_.emplace_back(layout_, shape(), classes_.b_states());
  }
  parallel_for(chunks, [&](std::size_t chunk) {
    const std::size_t begin = chunk * rows_at_once_;
    const std::size_t end = std::min(tables_.rows(), begin + rows_at_once_);
    half_a_[chunk].fill(tables_, begin, end);
    half_b_[chunk].fill(tables_, begin, end);
  });
}

void EnumerationBlock::add_losses(std::uint64_t index, std::size_t outer, std::span<double> totals) const {
  const auto combinations = classes_.combinations(outer);
  if (combinations.empty()) return;
  HalfA half_a(layout_, shape(), outer, combinations);
  const std::size_t b_count = half_b_.front().count();
  Sums sums{std::vector<double>(half_a.count() * b_count, method_ == Method::products ? 1.0 : 0.0),
            std::vector<std::int64_t>(half_a.count() * b_count)};
  for (std::size_t chunk = 0; chunk < half_b_.size(); ++chunk) {
    const std::size_t begin = chunk * rows_at_once_;
    half_a.fill(tables_, half_a_[chunk], begin, std::min(tables_.rows(), begin + rows_at_once_));
    run_kernel(tables_of(half_a, half_b_[chunk]), begin, sums);
  }
  index |= scatter(outer, layout_.outer_qubits);
  for (std::size_t i = 0; i < combinations.size(); ++i)
    for (std::size_t b = 0; b < combinations[i].b_count; ++b)
      totals[index | a_index_[combinations[i].a] | b_index_[b]] += total(sums, i * b_count + b);
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
