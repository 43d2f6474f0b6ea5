#pragma once
// All networks of one setting at one block of rows.

#include "enumeration_kernels.hpp"
#include "enumeration_layout.hpp"
#include "group_tables.hpp"
#include "half_tables.hpp"
#include "network_classes.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace bornite {

/// Safe from several threads: each outer state has its own networks.
class EnumerationBlock {
 public:
  /// Keeps references to the first three; turns the tables into exponentials where the loss allows it. Uses all cores.
  EnumerationBlock(const EnumerationLayout& layout, const NetworkClasses& classes, GroupTables& tables,
                   OutputKind output, Loss loss);

  /// totals[index | ...] += losses of the representatives with one state of the outer groups; `index` is the setting's.
  void add_losses(std::uint64_t index, std::size_t outer, std::span<double> totals) const;

 private:
  enum class Method { products, squared_errors, errors, squares, direct };
  struct Sums;
  void plan_chunks();
  void fill_halves();
  /// What the kernels take at a time: rows whose counts have one bit in common.
  struct Chunk {
    std::size_t bit;
    std::vector<std::size_t> rows;
    HalfAStates a;
    HalfB b;
  };
  [[nodiscard]] HalfTableShape shape() const { return {rows_at_once_, tables_.terms(), exponentials_}; }
  void run_kernel(const HalfTables& view, std::span<const std::size_t> rows, Sums& sums) const;
  void double_sums(std::size_t times, Sums& sums) const;
  [[nodiscard]] std::vector<std::size_t> segment_ends(std::span<const std::size_t> rows) const;
  [[nodiscard]] std::vector<double> thresholds(std::span<const std::size_t> rows) const;
  [[nodiscard]] double total(const Sums& sums, std::size_t at) const;

  const EnumerationLayout& layout_;
  const NetworkClasses& classes_;
  GroupTables& tables_;
  OutputKind output_;
  Loss loss_;
  Method method_;
  bool exponentials_;
  std::size_t rows_at_once_;
  std::vector<Chunk> chunks_;
  std::vector<std::uint64_t> a_index_, b_index_;
};

}  // namespace bornite
