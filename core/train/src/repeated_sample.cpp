#include "bornite/train/repeated_sample.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

namespace bornite {
namespace {

/// Mean and variance of numbers with weights, in one pass (West, CACM 22, 1979).
class Spread {
 public:
  void add(double value, double weight) {
    weight_ += weight;
    const double step = value - mean_;
    mean_ += step * weight / weight_;
    squares_ += weight * step * (value - mean_);
  }
  [[nodiscard]] double mean() const { return mean_; }
  /// Of the mean, the weights being counts.
  [[nodiscard]] double standard_error() const {
    return weight_ > 1 ? std::sqrt(squares_ / (weight_ - 1) / weight_) : 0.0;
  }

 private:
  double weight_ = 0;
  double mean_ = 0;
  double squares_ = 0;
};

}  // namespace

Result<RepeatedSample> summarise(const ShotTable& repeats, const CostModel& costs) {
  if (repeats.rows() == 0) return Error{ErrorKind::input, "There are no shots to take costs of."};
  RepeatedSample result{.repeats = repeats.rows()};
  Spread all;
  Spread best;
  for (std::size_t r = 0; r != repeats.rows(); ++r) {
    const ShotRow& row = repeats[r];
    std::vector<double> of_row(row.size());
    BORNITE_CHECK(costs.costs(row.strings(), of_row));
    for (std::size_t i = 0; i != row.size(); ++i) all.add(of_row[i], static_cast<double>(row.counts()[i]));
    const auto lowest = std::ranges::min_element(of_row);
    best.add(*lowest, 1);
    if (r == 0 || *lowest < result.lowest_cost) {
      result.lowest_cost = *lowest;
      result.lowest = Bitstring(row.strings()[static_cast<std::size_t>(lowest - of_row.begin())]);
    }
    result.shots += row.shots();
  }
  result.mean_cost = all.mean();
  result.mean_cost_error = all.standard_error();
  result.best_cost = best.mean();
  result.best_cost_error = best.standard_error();
  return result;
}

}  // namespace bornite
