#pragma once
// How good predictive probabilities are, and how honest.

#include "bornite/util/error.hpp"

#include <cstddef>
#include <span>

namespace bornite {

struct Calibration {
  double accuracy = 0;                 ///< share of rows whose predicted class is right
  double negative_log_likelihood = 0;  ///< mean of -log p(target), nats; p below 1e-15 counts as 1e-15
  double brier = 0;  ///< mean of (p - y)^2 for one column, of the sum over classes of (p_k - [y = k])^2 otherwise
  /// Mean over rows of |accuracy - mean confidence| of the row's bin: 15 bins (i/15, (i+1)/15] on the probability of
  /// the predicted class (Guo et al., ICML 2017).
  double expected_calibration_error = 0;
};

/// `probabilities` is row-major, one row per target. One output: P(y = 1) of two classes, 1 is predicted from 0.5 on.
/// More: one probability per class, the first among the largest is predicted. Refuses no rows, sizes that do not fit,
/// probabilities outside [0, 1], rows of several outputs that sum to something further than 1e-6 from 1, and targets
/// that are not the number of a class, naming the row.
[[nodiscard]] Result<Calibration> calibration(std::span<const double> probabilities, std::size_t outputs,
                                              std::span<const double> targets);

}  // namespace bornite
