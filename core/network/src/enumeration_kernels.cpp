#include "enumeration_kernels.hpp"

#include "bornite/util/simd.hpp"

namespace bornite {
namespace {

/// Two networks of half A times a tile of half B.
struct Tile {
  Lanes value[2][2];
};

BORNITE_INLINE void load(Tile& tile, const double* from, std::size_t stride) {
  for (std::size_t i = 0; i < 2; ++i)
    for (std::size_t k = 0; k < 2; ++k) tile.value[i][k] = lanes(from + i * stride + k * lane_count);
}

BORNITE_INLINE void store(const Tile& tile, double* to, std::size_t stride) {
  for (std::size_t i = 0; i < 2; ++i)
    for (std::size_t k = 0; k < 2; ++k) lanes(to + i * stride + k * lane_count) = tile.value[i][k];
}

/// product = sum_terms a b of one row; squares, if wanted, sum_terms (a b)^2.
BORNITE_INLINE void sum_terms(const double* a, std::size_t a_stride, const double* b, std::size_t terms, Tile& sum,
                              Tile* squares) {
  for (std::size_t i = 0; i < 2; ++i)
    for (std::size_t k = 0; k < 2; ++k) {
      sum.value[i][k] = lanes(b + k * lane_count) * a[i];
      if (squares) squares->value[i][k] = sum.value[i][k] * sum.value[i][k];
    }
  for (std::size_t j = 1; j < terms; ++j)
    for (std::size_t i = 0; i < 2; ++i)
      for (std::size_t k = 0; k < 2; ++k) {
        const Lanes term = lanes(b + j * tile_width + k * lane_count) * a[j * a_stride + i];
        sum.value[i][k] += term;
        if (squares) squares->value[i][k] += term * term;
      }
}

/// Moves the exponents of numbers >= 1 from `product` to `exponents`.
BORNITE_INLINE void take_exponents(Tile& product, std::int64_t* exponents, std::size_t stride) {
  constexpr std::int64_t mantissa = (std::int64_t{1} << 52) - 1;
  constexpr std::int64_t one = std::int64_t{1023} << 52;
  for (std::size_t i = 0; i < 2; ++i)
    for (std::size_t k = 0; k < 2; ++k) {
      const LaneBits bits = (LaneBits)product.value[i][k];
      lanes(exponents + i * stride + k * lane_count) += (bits >> 52) - 1023;
      product.value[i][k] = (Lanes)((bits & mantissa) | one);
    }
}

BORNITE_INLINE void multiply_factors_of_tile(const HalfTables& tables, std::size_t terms, const double* a,
                                             const double* b, std::span<const std::size_t> segment_ends,
                                             double* products, std::int64_t* exponents) {
  Tile product;
  load(product, products, tables.b_count);
  std::size_t row = 0;
  for (const std::size_t end : segment_ends) {
    for (; row < end; ++row) {
      Tile sum;
      sum_terms(a + row * terms * tables.a_count, tables.a_count, b + row * terms * tile_width, terms, sum, nullptr);
      for (std::size_t i = 0; i < 2; ++i)
        for (std::size_t k = 0; k < 2; ++k) product.value[i][k] *= sum.value[i][k] + 1.0;
    }
    take_exponents(product, exponents, tables.b_count);
  }
  store(product, products, tables.b_count);
}

/// (s / (1 + s))^2 with one division for two rows; 1 + s stays below e^301.
BORNITE_INLINE void add_squared_errors_of_tile(const HalfTables& tables, const double* a, const double* b,
                                               double* totals) {
  Tile total;
  load(total, totals, tables.b_count);
  for (std::size_t row = 0; row < tables.rows; row += 2) {
    for (std::size_t i = 0; i < 2; ++i)
      for (std::size_t k = 0; k < 2; ++k) {
        const Lanes s = lanes(b + row * tile_width + k * lane_count) * a[row * tables.a_count + i];
        const Lanes t = lanes(b + (row + 1) * tile_width + k * lane_count) * a[(row + 1) * tables.a_count + i];
        const Lanes inverse = 1.0 / ((s + 1.0) * (t + 1.0));
        const Lanes p = s * (t + 1.0) * inverse;
        const Lanes q = t * (s + 1.0) * inverse;
        total.value[i][k] += p * p;
        total.value[i][k] += q * q;
      }
  }
  store(total, totals, tables.b_count);
}

BORNITE_INLINE void add_squared_errors_of_all(const HalfTables& tables, const double* a, const double* b,
                                              double* totals) {
  Tile total;
  load(total, totals, tables.b_count);
  for (std::size_t row = 0; row < tables.rows; ++row) {
    Tile sum, squares;
    sum_terms(a + row * tables.terms * tables.a_count, tables.a_count, b + row * tables.terms * tile_width,
              tables.terms, sum, &squares);
    for (std::size_t i = 0; i < 2; ++i)
      for (std::size_t k = 0; k < 2; ++k) {
        const Lanes inverse = 1.0 / (sum.value[i][k] + 1.0);
        const Lanes wrong = sum.value[i][k] * inverse;  // 1 - p(target)
        total.value[i][k] += wrong * wrong + (squares.value[i][k] * inverse) * inverse;
      }
  }
  store(total, totals, tables.b_count);
}

BORNITE_INLINE void add_errors_of_tile(const HalfTables& tables, std::size_t terms, const double* a, const double* b,
                                       const double* thresholds, double* totals) {
  Tile total;
  load(total, totals, tables.b_count);
  const Lanes one = Lanes{} + 1.0;
  for (std::size_t row = 0; row < tables.rows; ++row)
    for (std::size_t i = 0; i < 2; ++i)
      for (std::size_t k = 0; k < 2; ++k) {
        LaneBits wrong{};
        for (std::size_t term = row * terms; term < (row + 1) * terms; ++term)
          wrong |= lanes(b + term * tile_width + k * lane_count) + a[term * tables.a_count + i] > thresholds[term];
        total.value[i][k] += (Lanes)(wrong & (LaneBits)one);
      }
  store(total, totals, tables.b_count);
}

BORNITE_INLINE void add_squares_of_tile(const HalfTables& tables, const double* a, const double* b, double* totals) {
  Tile total;
  load(total, totals, tables.b_count);
  for (std::size_t row = 0; row < tables.rows; ++row)
    for (std::size_t i = 0; i < 2; ++i)
      for (std::size_t k = 0; k < 2; ++k) {
        const Lanes sum = lanes(b + row * tile_width + k * lane_count) + a[row * tables.a_count + i];
        total.value[i][k] += sum * sum;
      }
  store(total, totals, tables.b_count);
}

}  // namespace

// In each kernel a tile of B stays in the first-level cache while all of A passes by.

BORNITE_MULTIVERSION void multiply_factors(const HalfTables& tables, std::span<const std::size_t> segment_ends,
                                           double* products, std::int64_t* exponents) {
  const double* b = tables.b;
  for (std::size_t tile = 0; tile < tables.b_count; tile += tile_width, b += tables.b_tile_size)
    for (std::size_t a = 0; a < tables.a_count; a += 2) {
      if (tables.b_counts[a / 2] <= tile) continue;
      double* to = products + a * tables.b_count + tile;
      std::int64_t* powers = exponents + a * tables.b_count + tile;
      if (tables.terms == 1)
        multiply_factors_of_tile(tables, 1, tables.a + a, b, segment_ends, to, powers);
      else
        multiply_factors_of_tile(tables, tables.terms, tables.a + a, b, segment_ends, to, powers);
    }
}

BORNITE_MULTIVERSION void square_products(double* products, std::int64_t* exponents, std::size_t count) {
  for (std::size_t n = 0; n < count; n += 2 * tile_width) {
    Tile product;
    load(product, products + n, tile_width);
    for (std::size_t i = 0; i < 2; ++i)
      for (std::size_t k = 0; k < 2; ++k) {
        product.value[i][k] *= product.value[i][k];
        lanes(exponents + n + i * tile_width + k * lane_count) *= 2;
      }
    take_exponents(product, exponents + n, tile_width);
    store(product, products + n, tile_width);
  }
}

BORNITE_MULTIVERSION void add_squared_errors(const HalfTables& tables, bool of_all_classes, double* totals) {
  const double* b = tables.b;
  for (std::size_t tile = 0; tile < tables.b_count; tile += tile_width, b += tables.b_tile_size)
    for (std::size_t a = 0; a < tables.a_count; a += 2) {
      if (tables.b_counts[a / 2] <= tile) continue;
      if (of_all_classes)
        add_squared_errors_of_all(tables, tables.a + a, b, totals + a * tables.b_count + tile);
      else
        add_squared_errors_of_tile(tables, tables.a + a, b, totals + a * tables.b_count + tile);
    }
}

BORNITE_MULTIVERSION void add_errors(const HalfTables& tables, const double* thresholds, double* totals) {
  const double* b = tables.b;
  for (std::size_t tile = 0; tile < tables.b_count; tile += tile_width, b += tables.b_tile_size)
    for (std::size_t a = 0; a < tables.a_count; a += 2) {
      if (tables.b_counts[a / 2] <= tile) continue;
      double* to = totals + a * tables.b_count + tile;
      if (tables.terms == 1)
        add_errors_of_tile(tables, 1, tables.a + a, b, thresholds, to);
      else
        add_errors_of_tile(tables, tables.terms, tables.a + a, b, thresholds, to);
    }
}

BORNITE_MULTIVERSION void add_squares(const HalfTables& tables, double* totals) {
  const double* b = tables.b;
  for (std::size_t tile = 0; tile < tables.b_count; tile += tile_width, b += tables.b_tile_size)
    for (std::size_t a = 0; a < tables.a_count; a += 2)
      if (tables.b_counts[a / 2] > tile)
        add_squares_of_tile(tables, tables.a + a, b, totals + a * tables.b_count + tile);
}

}  // namespace bornite
