#include "bornite/inference/calibration.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

namespace bornite {
namespace {

using Row = std::span<const double>;

/// What one row's prediction amounts to.
struct Prediction {
  std::size_t predicted;
  double confidence;          ///< probability of the predicted class
  double target_probability;  ///< probability of the true class
  double squared_error;
};

/// Differences up to this decide nothing: a logit that is zero on paper must not fall to either class by rounding.
constexpr double tie_tolerance = 2.5e-11;

Prediction judge(Row row, std::size_t target) {
  if (row.size() == 1) {
    const double one = row[0];
    const double of_target = target == 1 ? one : 1 - one;
    return {one > 0.5 + tie_tolerance ? 1U : 0U, std::max(one, 1 - one), of_target, (1 - of_target) * (1 - of_target)};
  }
  const auto predicted = static_cast<std::size_t>(std::ranges::max_element(row) - row.begin());
  double squared_error = 0;
  for (std::size_t k = 0; k < row.size(); ++k) {
    const double error = row[k] - (k == target ? 1 : 0);
    squared_error += error * error;
  }
  return {predicted, row[predicted], row[target], squared_error};
}

Result<void> check_row(Row row, double target, std::size_t number) {
  double sum = 0;
  for (const double p : row) {
    if (!(p >= 0 && p <= 1))
      return Error{ErrorKind::numeric, fmt::format("A predicted probability of row {} is {}.", number, p)};
    sum += p;
  }
  if (row.size() > 1 && !(std::abs(sum - 1) <= 1e-6))
    return Error{ErrorKind::numeric, fmt::format("The predicted probabilities of row {} sum to {}.", number, sum)};
  const std::size_t classes = std::max<std::size_t>(2, row.size());
  if (!(target >= 0 && target < static_cast<double>(classes)) || target != std::floor(target))
    return Error{ErrorKind::input, fmt::format("The target of row {} is {}.", number, target),
                 fmt::format("Targets are the classes 0 to {}.", classes - 1)};
  return {};
}

/// Confidences and hits, collected in equal bins of confidence.
class ReliabilityBins {
 public:
  void add(double confidence, bool hit) {
    const double position = std::ceil(confidence * static_cast<double>(bins)) - 1;
    // Rows times |accuracy - mean confidence| of a bin is |hits - sum of confidences|.
    surplus_[static_cast<std::size_t>(std::clamp(position, 0.0, static_cast<double>(bins - 1)))] +=
        (hit ? 1 : 0) - confidence;
  }
  [[nodiscard]] double total_gap() const {
    double sum = 0;
    for (const double surplus : surplus_) sum += std::abs(surplus);
    return sum;
  }

 private:
  static constexpr std::size_t bins = 15;
  std::array<double, bins> surplus_{};
};

Result<void> check_sizes(std::size_t probabilities, std::size_t outputs, std::size_t rows) {
  if (rows == 0) return Error{ErrorKind::input, "Predictions cannot be judged on a data set without rows."};
  if (outputs == 0 || probabilities != outputs * rows)
    return Error{ErrorKind::input,
                 fmt::format("{} predicted probabilities do not make {} rows of {}.", probabilities, rows, outputs)};
  return {};
}

}  // namespace

Result<Calibration> calibration(std::span<const double> probabilities, std::size_t outputs,
                                std::span<const double> targets) {
  constexpr double smallest = 1e-15;
  BORNITE_CHECK(check_sizes(probabilities.size(), outputs, targets.size()));
  Calibration sums;
  ReliabilityBins bins;
  for (std::size_t i = 0; i < targets.size(); ++i) {
    const Row row = probabilities.subspan(i * outputs, outputs);
    BORNITE_CHECK(check_row(row, targets[i], i));
    const auto target = static_cast<std::size_t>(targets[i]);
    const Prediction prediction = judge(row, target);
    const bool hit = prediction.predicted == target;
    sums.accuracy += hit ? 1 : 0;
    sums.negative_log_likelihood -= std::log(std::max(prediction.target_probability, smallest));
    sums.brier += prediction.squared_error;
    bins.add(prediction.confidence, hit);
  }
  const auto rows = static_cast<double>(targets.size());
  return Calibration{.accuracy = sums.accuracy / rows,
                     .negative_log_likelihood = sums.negative_log_likelihood / rows,
                     .brier = sums.brier / rows,
                     .expected_calibration_error = bins.total_gap() / rows};
}

}  // namespace bornite
