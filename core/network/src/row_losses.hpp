#pragma once
// From the last layer's sums to losses and predictions, a panel of rows (see RowPanels) at a time.

#include "lanes.hpp"

#include "bornite/data/dataset.hpp"
#include "bornite/network/network_spec.hpp"

#include <cstddef>
#include <span>
#include <vector>

namespace bornite {

/// Targets of a data set in panels, with the weights of its rows; the rows that fill up the last panel have weight 0.
class TargetPanels {
 public:
  /// Every row counts once.
  explicit TargetPanels(std::span<const double> targets);
  /// Row i counts counts[i] times.
  TargetPanels(std::span<const double> targets, std::span<const std::size_t> counts);
  /// tile_width numbers each.
  [[nodiscard]] const double* targets(std::size_t panel) const { return targets_.data() + panel * tile_width; }
  [[nodiscard]] const double* weights(std::size_t panel) const { return weights_.data() + panel * tile_width; }
  [[nodiscard]] double target(std::size_t row) const { return targets_[row]; }
  [[nodiscard]] std::size_t count(std::size_t row) const { return static_cast<std::size_t>(weights_[row]); }
  /// The rows' weights together: the examples.
  [[nodiscard]] double total_weight() const { return total_weight_; }

 private:
  std::vector<double> targets_;
  std::vector<double> weights_;
  double total_weight_;
};

/// totals[network][row] += weighted loss of each network at each row of panel `panel`. `sums` holds width columns per
/// network (see PackedNetworks::forward) and is overwritten.
void add_losses(OutputKind output, Loss loss, const TargetPanels& targets, std::size_t panel, double* sums,
                std::size_t networks, std::size_t width, double* totals);

/// Turns sums into p(y=1), p(y=k) or values, in place.
void to_predictions(OutputKind output, double* sums, std::size_t networks, std::size_t width);

}  // namespace bornite
