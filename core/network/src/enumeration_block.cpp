#include "enumeration_block.hpp"

#include "bornite/util/parallel.hpp"

#include <algorithm>
#include <bit>
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
  plan_chunks();
  fill_halves();
}

/// A row that counts several times comes once for each bit of its count. The bits are taken from the highest down, and
/// the sums doubled in between (Horner's scheme), so that no kernel needs weights.
void EnumerationBlock::plan_chunks() {
  std::size_t most = 0;
  for (std::size_t row = 0; row < tables_.rows(); ++row) most = std::max(most, tables_.count(row));
  for (std::size_t bit = std::bit_width(most); bit-- > 0;) {
    bool is_full = true;
    for (std::size_t row = 0; row < tables_.rows(); ++row) {
      if ((tables_.count(row) >> bit & 1) == 0) continue;
      if (is_full)
        chunks_.push_back({bit, {}, HalfAStates(layout_, shape()), HalfB(layout_, shape(), classes_.b_states())});
      chunks_.back().rows.push_back(row);
      is_full = chunks_.back().rows.size() == rows_at_once_;
    }
  }
}

void EnumerationBlock::fill_halves() {
  parallel_for(chunks_.size(), [&](std::size_t i) {
    Chunk& chunk = chunks_[i];
    chunk.a.fill(tables_, chunk.rows);
    chunk.b.fill(tables_, chunk.rows);
  });
}

void EnumerationBlock::add_losses(std::uint64_t index, std::size_t outer, std::span<double> totals) const {
  const auto combinations = classes_.combinations(outer);
  if (combinations.empty()) return;
  HalfA half_a(layout_, shape(), outer, combinations);
  const std::size_t b_count = chunks_.front().b.count();
  Sums sums{std::vector<double>(half_a.count() * b_count, method_ == Method::products ? 1.0 : 0.0),
            std::vector<std::int64_t>(half_a.count() * b_count)};
  std::size_t bit = chunks_.front().bit;
  for (const Chunk& chunk : chunks_) {
    double_sums(bit - chunk.bit, sums);
    bit = chunk.bit;
    half_a.fill(tables_, chunk.a, chunk.rows);
    run_kernel(tables_of(half_a, chunk.b), chunk.rows, sums);
  }
  double_sums(bit, sums);
  index |= scatter(outer, layout_.outer_qubits);
  for (std::size_t i = 0; i < combinations.size(); ++i)
    for (std::size_t b = 0; b < combinations[i].b_count; ++b)
      totals[index | a_index_[combinations[i].a] | b_index_[b]] += total(sums, i * b_count + b);
}

void EnumerationBlock::double_sums(std::size_t times, Sums& sums) const {
  for (; times > 0; --times) {
    if (method_ == Method::products)
      square_products(sums.totals.data(), sums.exponents.data(), sums.totals.size());
    else
      for (double& total : sums.totals) total *= 2;
  }
}

double EnumerationBlock::total(const Sums& sums, std::size_t at) const {
  if (method_ != Method::products) return sums.totals[at];
  return std::log(sums.totals[at]) + static_cast<double>(sums.exponents[at]) * std::numbers::ln2;
}

void EnumerationBlock::run_kernel(const HalfTables& view, std::span<const std::size_t> rows, Sums& sums) const {
  const bool of_all_classes = output_ == OutputKind::softmax;
  double* totals = sums.totals.data();
  switch (method_) {
    case Method::products: return multiply_factors(view, segment_ends(rows), totals, sums.exponents.data());
    case Method::squared_errors: return add_squared_errors(view, of_all_classes, totals);
    case Method::errors: return add_errors(view, thresholds(rows).data(), totals);
    case Method::squares: return add_squares(view, totals);
    case Method::direct: return add_losses_of_sums(view, loss_, of_all_classes, totals);
  }
}

/// As many factors as surely fit into a double go between two looks at its exponent.
std::vector<std::size_t> EnumerationBlock::segment_ends(std::span<const std::size_t> rows) const {
  std::vector<std::size_t> ends;
  double log_product = 0;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const double log_factor = tables_.largest_log_factors()[rows[i]];
    if (log_product + log_factor > largest_log_product) {
      ends.push_back(i);
      log_product = 0;
    }
    log_product += log_factor;
  }
  ends.push_back(rows.size());
  return ends;
}

std::vector<double> EnumerationBlock::thresholds(std::span<const std::size_t> rows) const {
  std::vector<double> all;
  for (const std::size_t row : rows)
    for (std::size_t term = 0; term < tables_.terms(); ++term)
      all.push_back(tables_.wins_ties(row, term) ? -tie_tolerance : tie_tolerance);
  return all;
}

}  // namespace bornite
