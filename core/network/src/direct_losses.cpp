// The kernel for sums too large for products of exponentials.

#include "enumeration_kernels.hpp"
#include "vector_math.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

namespace bornite {
namespace {

/// The loss of one lane, from the terms z[j * tile_width].
double loss_of_terms(const double* z, std::size_t terms, Loss loss) {
  double largest = 0;
  for (std::size_t j = 0; j < terms; ++j) largest = std::max(largest, z[j * tile_width]);
  double sum = 0, squares = 0;
  for (std::size_t j = 0; j < terms; ++j) {
    const double term = std::exp(z[j * tile_width] - largest);
    sum += term;
    squares += term * term;
  }
  const double all = std::exp(-largest) + sum;
  if (loss == Loss::cross_entropy) return largest + (largest == 0 ? std::log1p(sum) : std::log(all));
  return (sum * sum + squares) / (all * all);
}

/// totals[lane] += losses of all rows, z being [row][term][tile_width].
void add_losses_of_lanes(std::vector<double>& z, std::size_t rows, std::size_t terms, Loss loss, bool of_all_classes,
                         double* totals) {
  if (of_all_classes) {
    for (std::size_t row = 0; row < rows; ++row)
      for (std::size_t lane = 0; lane < tile_width; ++lane)
        totals[lane] += loss_of_terms(z.data() + row * terms * tile_width + lane, terms, loss);
    return;
  }
  const std::size_t count = rows * tile_width;
  loss == Loss::cross_entropy ? softplus(z.data(), count) : logistic(z.data(), count);
  for (std::size_t i = 0; i < count; ++i) totals[i % tile_width] += loss == Loss::cross_entropy ? z[i] : z[i] * z[i];
}

}  // namespace

void add_losses_of_sums(const HalfTables& tables, Loss loss, bool of_all_classes, double* totals) {
  const std::size_t terms = tables.rows * tables.terms;
  std::vector<double> z(terms * tile_width);
  const double* b = tables.b;
  for (std::size_t tile = 0; tile < tables.b_count; tile += tile_width, b += tables.b_tile_size)
    for (std::size_t a = 0; a < tables.a_count; ++a) {
      if (tables.b_counts[a / 2] <= tile) continue;
      for (std::size_t t = 0; t < terms; ++t)
        for (std::size_t lane = 0; lane < tile_width; ++lane)
          z[t * tile_width + lane] = tables.a[t * tables.a_count + a] + b[t * tile_width + lane];
      add_losses_of_lanes(z, tables.rows, tables.terms, loss, of_all_classes, totals + a * tables.b_count + tile);
    }
}

}  // namespace bornite
