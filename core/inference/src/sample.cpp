#include "bornite/inference/sample.hpp"

#include "block_sums.hpp"
#include "readout_correction.hpp"

#include <cmath>

namespace bornite {

Sample::Sample(const ShotRow& shots) : shots_(&shots), weights_(shots.counts().begin(), shots.counts().end()) {
  for (double& weight : weights_) weight /= static_cast<double>(shots.shots());
}

double Sample::mean(std::span<const double> values) const {
  std::vector<double> terms(size());
  for (std::size_t i = 0; i < terms.size(); ++i) terms[i] = weights_[i] * values[i];
  return pairwise_sum(terms);
}

double Sample::mean_over_shots(std::span<const double> values) const {
  std::vector<double> terms(size());
  for (std::size_t i = 0; i < terms.size(); ++i) terms[i] = static_cast<double>(shots_->counts()[i]) * values[i];
  return pairwise_sum(terms) / static_cast<double>(shots());
}

std::optional<double> Sample::standard_error(std::span<const double> values) const {
  if (shots() < 2) return std::nullopt;
  std::vector<double> of_shots(values.begin(), values.end());
  if (correction_) {
    const auto corrected = correction_->per_shot(values);
    if (!corrected) return std::nullopt;
    of_shots = *corrected;
  }
  const double mean = mean_over_shots(of_shots);
  for (double& value : of_shots) value = (value - mean) * (value - mean);
  return std::sqrt(mean_over_shots(of_shots) / static_cast<double>(shots() - 1));
}

double Sample::self_kernel(const Kernel& kernel) const {
  return correction_ ? mean_over_shots(correction_->self_kernels(kernel)) : 1.0;
}

}  // namespace bornite
