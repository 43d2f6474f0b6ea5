#pragma once
// What a device returned, step by step, against what a simulator predicts.

#include "bornite/backend/exact_backend.hpp"
#include "bornite/backend/synchronous_backend.hpp"
#include "bornite/inference/kernel.hpp"
#include "bornite/network/cost_table.hpp"

#include <cstdint>
#include <mutex>
#include <vector>

namespace bornite {

/// Row 0 of one request: the circuit at the angles of the step, or at the first that the step asked for.
struct DeviceComparison {
  std::uint32_t restart = 0;
  std::uint32_t step = 0;  ///< of the request's random stream
  std::uint64_t shots = 0;
  double total_variation = 0;       ///< between the shots and the exact distribution, in [0, 1]
  double mean_total_variation = 0;  ///< what as many shots of the exact distribution would have on average
  double mmd_squared = 0;           ///< unbiased: 0 on average for a perfect device
  double expected_cost = 0;         ///< exact
  double sampled_cost = 0;
  double sampled_cost_error = 0;  ///< one standard error
};

/// Passes requests on to a device, or to a recording of one, and compares the first row of each with the simulator.
/// Everything is referred to and must live as long.
class ComparingBackend final : public SynchronousBackend<QuantumBackend> {
 public:
  ComparingBackend(QuantumBackend& device, ExactBackend& simulator, const CostTable& costs, const Kernel& kernel);

  /// Those of the device.
  [[nodiscard]] const Capabilities& capabilities() const override { return device_.capabilities(); }
  /// So far, by restart and then step.
  [[nodiscard]] std::vector<DeviceComparison> comparisons() const;

 private:
  [[nodiscard]] Result<ShotTable> run(const SampleRequest& request) override;
  [[nodiscard]] Result<DeviceComparison> compare(const SampleRequest& request, const ShotRow& measured);

  QuantumBackend& device_;
  ExactBackend& simulator_;
  const CostTable& costs_;
  const Kernel& kernel_;
  mutable std::mutex mutex_;
  std::vector<DeviceComparison> comparisons_;
};

}  // namespace bornite
