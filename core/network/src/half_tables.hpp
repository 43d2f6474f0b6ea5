#pragma once
// The tables of both halves of an enumeration for a few rows, one thread's to reuse.

#include "enumeration_kernels.hpp"
#include "enumeration_layout.hpp"
#include "group_tables.hpp"

#include <cstddef>
#include <vector>

namespace bornite {

/// Combines the contributions of groups to those of half A (with the outer groups) and of half B.
class HalfTableBuffer {
 public:
  /// For so many rows at a time. With `exponentials` the group tables hold exponentials, which are multiplied.
  HalfTableBuffer(const EnumerationLayout& layout, std::size_t rows, std::size_t terms, bool exponentials);

  /// Writes the rows [begin, end) of `tables` for one state of the outer groups. Valid until the next call.
  const HalfTables& fill(const GroupTables& tables, std::size_t outer, std::size_t begin, std::size_t end);

  /// Networks of the halves, filled up to what the kernels take; those beyond 2^(bits of the half) mean nothing.
  [[nodiscard]] std::size_t a_count() const { return a_count_; }
  [[nodiscard]] std::size_t b_count() const { return b_count_; }

 private:
  [[nodiscard]] double outer_value(const double* states, double start, std::size_t outer) const;
  void combine(const std::vector<std::size_t>& groups, const double* states, double start);

  const EnumerationLayout& layout_;
  bool exponentials_;
  std::size_t a_count_, b_count_, b_tile_size_;
  std::vector<double> a_, b_;
  std::vector<double> combined_;  // one row of a half
  HalfTables view_;
};

}  // namespace bornite
