#include "bornite/train/device_comparison.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <tuple>

#include "bornite/backend/sample.hpp"
#include "bornite/inference/shot_distance.hpp"

namespace bornite {
namespace {

struct Mean {
  double value;
  double standard_error;
};

/// Of the costs of the shots.
Mean mean_cost(const ShotRow& row, const CostTable& costs) {
  const auto shots = static_cast<double>(row.shots());
  double sum = 0;
  for (std::size_t i = 0; i < row.size(); ++i)
    sum += static_cast<double>(row.counts()[i]) * costs[row.strings()[i].index()];
  const double mean = sum / shots;
  double squares = 0;
  for (std::size_t i = 0; i < row.size(); ++i)
    squares += static_cast<double>(row.counts()[i]) * std::pow(costs[row.strings()[i].index()] - mean, 2);
  return {mean, shots > 1 ? std::sqrt(squares / (shots - 1) / shots) : 0};
}

}  // namespace

ComparingBackend::ComparingBackend(QuantumBackend& device, ExactBackend& simulator, const CostTable& costs,
                                   const Kernel& kernel)
    : device_(device), simulator_(simulator), costs_(costs), kernel_(kernel) {}

Result<JobId> ComparingBackend::submit(const SampleRequest& request, const SubmissionToken& token) {
  return jobs_.submit(token, [&]() -> Result<ShotTable> {
    BORNITE_TRY(ShotTable measured, sample(device_, request));
    BORNITE_TRY(const DeviceComparison comparison, compare(request, measured[0]));
    const std::lock_guard lock(mutex_);
    comparisons_.push_back(comparison);
    return measured;
  });
}

Result<DeviceComparison> ComparingBackend::compare(const SampleRequest& request, const ShotRow& measured) {
  BORNITE_TRY(const Distribution exact, simulator_.probabilities(request.circuit, request.rows[0]));
  const std::span<const double> q = exact.probabilities();
  BORNITE_TRY(const double mmd_squared, mmd_squared_unbiased(measured, q, kernel_));
  const Mean cost = mean_cost(measured, costs_);
  return DeviceComparison{.restart = request.stream.restart,
                          .step = request.stream.step,
                          .shots = measured.shots(),
                          .total_variation = total_variation(measured, q),
                          .mean_total_variation = mean_total_variation(q, measured.shots()),
                          .mmd_squared = mmd_squared,
                          .expected_cost = std::transform_reduce(q.begin(), q.end(), costs_.costs().begin(), 0.0),
                          .sampled_cost = cost.value,
                          .sampled_cost_error = cost.standard_error};
}

std::vector<DeviceComparison> ComparingBackend::comparisons() const {
  const std::lock_guard lock(mutex_);
  std::vector<DeviceComparison> sorted = comparisons_;
  std::ranges::sort(sorted, {}, [](const DeviceComparison& c) { return std::tuple(c.restart, c.step); });
  return sorted;
}

}  // namespace bornite
