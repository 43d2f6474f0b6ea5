#include "bornite/train/device_comparison.hpp"

#include <algorithm>
#include <numeric>
#include <tuple>

#include "bornite/backend/sample.hpp"
#include "bornite/inference/sample.hpp"
#include "bornite/inference/shot_distance.hpp"

namespace bornite {
namespace {

std::vector<double> costs_of(const ShotRow& row, const CostTable& costs) {
  std::vector<double> values(row.size());
  for (std::size_t i = 0; i < row.size(); ++i) values[i] = costs[row.strings()[i].index()];
  return values;
}

}  // namespace

ComparingBackend::ComparingBackend(QuantumBackend& device, ExactBackend& simulator, const CostTable& costs,
                                   const Kernel& kernel)
    : SynchronousBackend("comparison"), device_(device), simulator_(simulator), costs_(costs), kernel_(kernel) {}

Result<ShotTable> ComparingBackend::run(const SampleRequest& request) {
  BORNITE_TRY(ShotTable measured, sample(device_, request));
  BORNITE_TRY(const DeviceComparison comparison, compare(request, measured[0]));
  const std::lock_guard lock(mutex_);
  comparisons_.push_back(comparison);
  return measured;
}

Result<DeviceComparison> ComparingBackend::compare(const SampleRequest& request, const ShotRow& measured) {
  BORNITE_TRY(const Distribution exact, simulator_.probabilities(request.circuit, request.rows[0]));
  const std::span<const double> q = exact.probabilities();
  BORNITE_TRY(const double mmd_squared, mmd_squared_unbiased(measured, q, kernel_));
  const Sample sample(measured);
  const std::vector<double> costs = costs_of(measured, costs_);
  return DeviceComparison{.restart = request.stream.restart,
                          .step = request.stream.step,
                          .shots = measured.shots(),
                          .total_variation = total_variation(measured, q),
                          .mean_total_variation = mean_total_variation(q, measured.shots()),
                          .mmd_squared = mmd_squared,
                          .expected_cost = std::transform_reduce(q.begin(), q.end(), costs_.costs().begin(), 0.0),
                          .sampled_cost = sample.mean(costs),
                          .sampled_cost_error = sample.standard_error(costs).value_or(0)};
}

std::vector<DeviceComparison> ComparingBackend::comparisons() const {
  const std::lock_guard lock(mutex_);
  std::vector<DeviceComparison> sorted = comparisons_;
  std::ranges::sort(sorted, {}, [](const DeviceComparison& c) { return std::tuple(c.restart, c.step); });
  return sorted;
}

}  // namespace bornite
