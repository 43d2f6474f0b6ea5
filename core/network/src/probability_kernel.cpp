// The kernel for the predictions of all networks together.

#include "enumeration_kernels.hpp"

#include "bornite/util/simd.hpp"

namespace bornite {
namespace {

/// Two classes and two networks of half A: one division for both.
BORNITE_INLINE void add_binary(const HalfTables& tables, const double* a, const double* b, const double* weights,
                               double* predictions) {
  Lanes w[2][2];
  for (std::size_t i = 0; i < 2; ++i)
    for (std::size_t k = 0; k < 2; ++k) w[i][k] = lanes(weights + i * tables.b_count + k * lane_count);
  for (std::size_t row = 0; row < tables.rows; ++row) {
    Lanes first{}, second{};
    for (std::size_t k = 0; k < 2; ++k) {
      const Lanes from_b = lanes(b + row * tile_width + k * lane_count);
      const Lanes s = from_b * a[row * tables.a_count];
      const Lanes t = from_b * a[row * tables.a_count + 1];
      const Lanes inverse = 1.0 / ((s + 1.0) * (t + 1.0));
      first += (w[0][k] * (t + 1.0) + w[1][k] * (s + 1.0)) * inverse;
      second += (w[0][k] * s * (t + 1.0) + w[1][k] * t * (s + 1.0)) * inverse;
    }
    lanes(predictions + row * 2 * lane_count) += first;
    lanes(predictions + row * 2 * lane_count + lane_count) += second;
  }
}

BORNITE_INLINE void add_softmax(const HalfTables& tables, const double* a, const double* b, const double* weights,
                                double* predictions) {
  for (std::size_t row = 0; row < tables.rows; ++row) {
    const double* row_a = a + row * tables.terms * tables.a_count;
    const double* row_b = b + row * tables.terms * tile_width;
    double* to = predictions + row * (tables.terms + 1) * lane_count;
    for (std::size_t i = 0; i < 2; ++i)
      for (std::size_t k = 0; k < tile_width; k += lane_count) {
        Lanes all = Lanes{} + 1.0;
        for (std::size_t j = 0; j < tables.terms; ++j)
          all += lanes(row_b + j * tile_width + k) * row_a[j * tables.a_count + i];
        const Lanes scale = lanes(weights + i * tables.b_count + k) / all;
        lanes(to) += scale;
        for (std::size_t j = 0; j < tables.terms; ++j)
          lanes(to + (j + 1) * lane_count) += scale * lanes(row_b + j * tile_width + k) * row_a[j * tables.a_count + i];
      }
  }
}

}  // namespace

BORNITE_MULTIVERSION void add_weighted_probabilities(const HalfTables& tables, const double* weights,
                                                     double* predictions) {
  const double* b = tables.b;
  for (std::size_t tile = 0; tile < tables.b_count; tile += tile_width, b += tables.b_tile_size)
    for (std::size_t a = 0; a < tables.a_count; a += 2) {
      if (tables.b_counts[a / 2] <= tile) continue;
      if (tables.terms == 1)
        add_binary(tables, tables.a + a, b, weights + a * tables.b_count + tile, predictions);
      else
        add_softmax(tables, tables.a + a, b, weights + a * tables.b_count + tile, predictions);
    }
}

}  // namespace bornite
