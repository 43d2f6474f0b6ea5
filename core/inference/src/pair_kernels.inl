// Sums of a kernel over pairs of strings, several rows by a vector of columns at a time.

#include <cstddef>
#include <cstdint>
#include <cstring>

namespace bornite {
namespace {

/// Distances between `rows` strings and the columns from j on. `words` is a constant where it is known, else 0.
template <std::size_t rows, std::size_t words>
BORNITE_INLINE void distances_from(IndexVector* distances, const PairColumns& columns, std::size_t j,
                                   const std::uint64_t* row) {
  const std::size_t count = words == 0 ? columns.words_per_string : words;
  for (std::size_t r = 0; r != rows; ++r) distances[r] = IndexVector{};
  for (std::size_t w = 0; w != count; ++w) {
    IndexVector column;
    std::memcpy(&column, columns.words + w * columns.size + j, sizeof column);
    for (std::size_t r = 0; r != rows; ++r) add_ones(distances[r], column ^ row[r * count + w]);
  }
}

/// A kernel looked up in memory.
struct MemoryTable {
  const double* values;

  BORNITE_INLINE explicit MemoryTable(const DistanceTable& table) : values(table.values) {}
  BORNITE_INLINE void at(Vector& k, const IndexVector& distances) const { look_up(k, distances, values); }
};

#ifdef BORNITE_FACTORED_TABLES

/// A kernel of so many components.
template <std::size_t... component>
struct Products {
  RegisterTable tables[sizeof...(component)];

  BORNITE_INLINE explicit Products(const DistanceTable& table) : tables{RegisterTable(table.factors[component])...} {}
  BORNITE_INLINE void at(Vector& k, const IndexVector& distances) const {
    k = Vector{};
    (tables[component].add(k, distances), ...);
  }
};

#endif

template <std::size_t rows, std::size_t words, typename Table>
BORNITE_INLINE void add_some_rows(const Table& table, const PairColumns& columns, std::size_t begin, std::size_t end,
                                  const std::uint64_t* row, double* sums) {
  Vector parts[rows]{};
  for (std::size_t j = begin; j != end; j += width) {
    IndexVector distances[rows];
    distances_from<rows, words>(distances, columns, j, row);
    Vector weights;
    load(weights, columns.weights + j);
    for (std::size_t r = 0; r != rows; ++r) {
      Vector k;
      table.at(k, distances[r]);
      parts[r] += weights * k;
    }
  }
  for (std::size_t r = 0; r != rows; ++r)
    for (std::size_t lane = 0; lane != width; ++lane) sums[r] += parts[r][lane];
}

template <std::size_t words, typename Table>
BORNITE_INLINE void add_rows(const Table& table, const PairColumns& columns, std::size_t begin, std::size_t end,
                             const std::uint64_t* row, std::size_t row_count, double* sums) {
  constexpr std::size_t together = 4;  // rows that share the loads of the columns
  std::size_t r = 0;
  for (; r + together <= row_count; r += together)
    add_some_rows<together, words>(table, columns, begin, end, row + r * columns.words_per_string, sums + r);
  for (; r != row_count; ++r)
    add_some_rows<1, words>(table, columns, begin, end, row + r * columns.words_per_string, sums + r);
}

template <typename Table>
BORNITE_KERNEL void add_with(const DistanceTable& distance_table, const PairColumns& columns, std::size_t begin,
                             std::size_t end, const std::uint64_t* row, std::size_t row_count, double* sums) {
  const Table table(distance_table);
  switch (columns.words_per_string) {
    case 1: return add_rows<1>(table, columns, begin, end, row, row_count, sums);
    case 2: return add_rows<2>(table, columns, begin, end, row, row_count, sums);
    case 3: return add_rows<3>(table, columns, begin, end, row, row_count, sums);
    default: return add_rows<0>(table, columns, begin, end, row, row_count, sums);
  }
}

BORNITE_KERNEL void add_pair_sums(const DistanceTable& table, const PairColumns& columns, std::size_t begin,
                                  std::size_t end, const std::uint64_t* rows, std::size_t row_count, double* sums) {
#ifdef BORNITE_FACTORED_TABLES
  switch (table.components) {
    case 1: return add_with<Products<0>>(table, columns, begin, end, rows, row_count, sums);
    case 2: return add_with<Products<0, 1>>(table, columns, begin, end, rows, row_count, sums);
    case 3: return add_with<Products<0, 1, 2>>(table, columns, begin, end, rows, row_count, sums);
    default: break;
  }
#endif
  add_with<MemoryTable>(table, columns, begin, end, rows, row_count, sums);
}

}  // namespace
}  // namespace bornite
