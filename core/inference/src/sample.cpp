#include "bornite/inference/sample.hpp"

#include "block_sums.hpp"

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

std::optional<double> Sample::standard_error(std::span<const double> values) const {
  if (shots() < 2) return std::nullopt;
  const double mean = this->mean(values);
  std::vector<double> terms(size());
  for (std::size_t i = 0; i < terms.size(); ++i)
    terms[i] = static_cast<double>(shots_->counts()[i]) * (values[i] - mean) * (values[i] - mean);
  const auto shots = static_cast<double>(this->shots());
  return std::sqrt(pairwise_sum(terms) / (shots * (shots - 1)));
}

}  // namespace bornite
