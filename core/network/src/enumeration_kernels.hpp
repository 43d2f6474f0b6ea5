#pragma once
// The inner loops of an enumeration: the networks of half A x half B at a few rows.

#include "lanes.hpp"

#include "bornite/network/network_spec.hpp"

#include <cstddef>
#include <cstdint>
#include <span>

namespace bornite {

/// Tables of both halves for some rows. A row has `terms` sums that the network should keep low: for classes, the sum
/// of each wrong class less that of the right one; for a regression, the value less its target. A network's sum is a +
/// b where the tables hold sums, and log(a b) where they hold their exponentials.
struct HalfTables {
  std::size_t rows = 0;
  std::size_t terms = 1;
  std::size_t a_count = 0;      ///< a multiple of 2
  std::size_t b_count = 0;      ///< a multiple of tile_width
  const double* a = nullptr;    ///< [row][term][a_count]; for exponentials one more row, of zeros
  const double* b = nullptr;    ///< [b / tile_width][row][term][tile_width]; room for one more row, finite
  std::size_t b_tile_size = 0;  ///< numbers from one tile to the next
  /// For each two of half A, how many of half B, from the first, are wanted with either; the others are left out tile
  /// by tile.
  const std::size_t* b_counts = nullptr;
};

/// products[a][b] times 2^exponents[a][b] is multiplied by 1 + sum_terms a b over all rows: the exponential of the
/// cross-entropy, as long as no product from one of `segment_ends` (ascending, the last is tables.rows) to the next
/// exceeds 1e308.
void multiply_factors(const HalfTables& tables, std::span<const std::size_t> segment_ends, double* products,
                      std::int64_t* exponents);

/// Squares products, below 2, times powers of two; count is a multiple of 2 tile_width.
void square_products(double* products, std::int64_t* exponents, std::size_t count);

/// Kernels that take exponentials take those of sums up to this size: e^300 can be squared.
inline constexpr double largest_exponent = 300;

/// totals[a][b] += squared error, from exponentials. With `of_all_classes` the errors of all
/// classes are added up (softmax), otherwise it is that of the one wrong class (binary; one term).
void add_squared_errors(const HalfTables& tables, bool of_all_classes, double* totals);

/// totals[a][b] += rows where a term's sum is above its threshold, [row][term].
void add_errors(const HalfTables& tables, const double* thresholds, double* totals);

/// totals[a][b] += the sum's square (one term).
void add_squares(const HalfTables& tables, double* totals);

/// totals[a][b] += loss (cross_entropy or squared_error), from sums of any size; slower than the kernels above.
void add_losses_of_sums(const HalfTables& tables, Loss loss, bool of_all_classes, double* totals);

/// predictions[row][class][lane] += the part of sum_ab weights[a][b] p(class) that fell to a lane, from exponentials of
/// sums against class 0; classes 0 to terms, lanes 0 to 7. Weights [a_count][b_count].
void add_weighted_probabilities(const HalfTables& tables, const double* weights, double* predictions);

}  // namespace bornite
