#pragma once
// The tables of both halves of an enumeration for a few rows: sums of the groups' contributions, or products of their
// exponentials.

#include "enumeration_kernels.hpp"
#include "enumeration_layout.hpp"
#include "group_tables.hpp"
#include "network_classes.hpp"

#include <cstddef>
#include <span>
#include <vector>

namespace bornite {

/// Room for the tables of at most so many rows, and what they hold.
struct HalfTableShape {
  std::size_t rows;
  std::size_t terms;
  bool exponentials;  ///< whether the group tables hold exponentials, which are multiplied
};

/// Half A alone.
class HalfAStates {
 public:
  HalfAStates(const EnumerationLayout& layout, HalfTableShape shape);

  /// Writes these rows of `tables`.
  void fill(const GroupTables& tables, std::span<const std::size_t> rows);
  /// Values of all states, [row][term][state].
  [[nodiscard]] const double* values() const { return values_.data(); }
  [[nodiscard]] std::size_t count() const { return count_; }

 private:
  const EnumerationLayout& layout_;
  HalfTableShape shape_;
  std::size_t count_;
  std::vector<double> values_;
};

/// Half A together with one state of the outer groups.
class HalfA {
 public:
  /// For at least one combination.
  HalfA(const EnumerationLayout& layout, HalfTableShape shape, std::size_t outer,
        std::span<const NetworkClasses::Combination> combinations);

  /// Writes these rows of `tables`, with which `a` was filled.
  void fill(const GroupTables& tables, const HalfAStates& a, std::span<const std::size_t> rows);
  /// Networks: the combinations, filled up to what the kernels take.
  [[nodiscard]] std::size_t count() const { return states_.size(); }

 private:
  friend HalfTables tables_of(const HalfA& a, const class HalfB& b);
  [[nodiscard]] double outer_value(const double* states, double start) const;

  const EnumerationLayout& layout_;
  HalfTableShape shape_;
  std::size_t outer_;
  std::vector<std::size_t> states_;
  std::vector<std::size_t> b_counts_;  // of each pair of states
  std::vector<double> values_;
};

/// Half B, whatever the state of the outer groups.
class HalfB {
 public:
  /// Keeps a reference to the states to be tabulated, which are counted without those that fill up the last tile.
  HalfB(const EnumerationLayout& layout, HalfTableShape shape, std::span<const std::size_t> states);

  /// Writes these rows of `tables`.
  void fill(const GroupTables& tables, std::span<const std::size_t> rows);
  [[nodiscard]] std::size_t count() const { return count_; }

 private:
  friend HalfTables tables_of(const HalfA& a, const HalfB& b);

  const EnumerationLayout& layout_;
  HalfTableShape shape_;
  std::span<const std::size_t> states_;
  std::size_t count_, tile_size_;
  std::size_t rows_ = 0;
  std::vector<double> values_;
};

/// What the kernels take. Both are filled with the same rows.
[[nodiscard]] HalfTables tables_of(const HalfA& a, const HalfB& b);

}  // namespace bornite
