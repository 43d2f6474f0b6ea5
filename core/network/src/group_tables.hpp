#pragma once
// What each state of each group of bits adds to the outputs' sums, row by row.

#include "enumeration_layout.hpp"
#include "hidden_unit_table.hpp"
#include "row_losses.hpp"
#include "row_panels.hpp"

#include "bornite/network/binary_network.hpp"

#include <cstddef>
#include <vector>

namespace bornite {

/// Contributions at the rows [begin, end) of the data, folded with the targets to the terms of HalfTables: for classes,
/// a term for each wrong class, its sum less that of the right one; for regression the one sum (the target comes in
/// through base()).
class GroupTables {
 public:
  /// `network` is decoded from the setting, with any states of the groups. `begin` is a multiple of tile_width.
  /// Uses all cores.
  GroupTables(const EnumerationLayout& layout, const BinaryNetwork& network, const RowPanels& rows,
              const TargetPanels& targets, std::size_t begin, std::size_t end);

  [[nodiscard]] std::size_t rows() const { return end_ - begin_; }
  [[nodiscard]] std::size_t terms() const { return terms_; }
  /// The contributions of all groups' states (see BitGroup::offset) to one term of a row, counted from `begin`.
  [[nodiscard]] const double* at(std::size_t row, std::size_t term) const {
    return table_.data() + (row * terms_ + term) * stride_;
  }
  /// How often a row counts.
  [[nodiscard]] std::size_t count(std::size_t row) const { return targets_.count(begin_ + row); }
  /// What a term of a row is before any contribution: minus the target for regression, else 0.
  [[nodiscard]] double base(std::size_t row) const;
  /// Bound on the size of any sum of contributions, over all rows and terms.
  [[nodiscard]] double largest() const { return largest_; }
  /// Bound on each row's log(1 + sum of the terms' exponentials); rows() numbers.
  [[nodiscard]] const std::vector<double>& largest_log_factors() const { return log_factors_; }
  /// Whether a term's class comes before the target, and so wins a tie.
  [[nodiscard]] bool wins_ties(std::size_t row, std::size_t term) const;
  /// Replaces every number by its exponential. Uses all cores.
  void exponentiate();

 private:
  struct Scratch;
  void read_hidden_layers();
  void fill_row(std::size_t row, Scratch& scratch);
  void write_inputs(std::size_t row, Scratch& scratch) const;
  void write_unit_sums(Scratch& scratch) const;
  void write_linear_sums(Scratch& scratch) const;
  void fold(std::size_t row, const Scratch& scratch);
  void note_bounds(std::size_t row);
  [[nodiscard]] std::size_t target(std::size_t row) const;

  const EnumerationLayout& layout_;
  const BinaryNetwork& network_;
  const RowPanels& data_;
  const TargetPanels& targets_;
  std::size_t begin_, end_;
  std::size_t inputs_;  // of the last hidden layer, or of the only layer
  std::size_t outputs_, terms_, stride_;
  std::vector<HiddenUnitTable> units_;  // of the groups of that kind, which come first
  std::vector<double> hidden_;  // outputs of the last but one hidden layer, in panels; empty if those are the data
  std::vector<double> table_;   // [row][term][state], states padded to stride_
  std::vector<double> log_factors_;
  std::vector<double> bounds_;  // per row
  double largest_ = 0;
};

}  // namespace bornite
