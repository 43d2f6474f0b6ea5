#pragma once
// What measured shots say about an outcome distribution.

#include "bornite/backend/shot_table.hpp"
#include "bornite/inference/kernel.hpp"
#include "bornite/util/bitstring.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

namespace bornite {

class ReadoutCorrection;
struct ReadoutError;

/// Distinct strings with weights that sum to one: shares of the shots or, with readout errors taken out,
/// quasi-probabilities, some of which may be negative. Refers to the shots, which must live as long.
class Sample {
 public:
  /// Weighs each string by its share of the shots.
  Sample(const ShotRow& shots);  // NOLINT(google-explicit-constructor): shots are a sample of themselves

  [[nodiscard]] std::size_t bits() const { return shots_->bits(); }
  /// Distinct strings.
  [[nodiscard]] std::size_t size() const { return weights_.size(); }
  [[nodiscard]] const BitstringList& strings() const { return shots_->strings(); }
  [[nodiscard]] std::span<const double> weights() const { return weights_; }
  /// Whether readout errors were taken out.
  [[nodiscard]] bool is_corrected() const { return correction_ != nullptr; }
  /// As many as were measured.
  [[nodiscard]] std::uint64_t shots() const { return shots_->shots(); }

  /// Sum over the strings of weight times value.
  [[nodiscard]] double mean(std::span<const double> values) const;
  /// Of mean(values), from the scatter of the shots; absent for fewer than 2.
  [[nodiscard]] std::optional<double> standard_error(std::span<const double> values) const;
  /// Mean over the shots of the kernel of what one shot stands for with itself: 1 unless corrected.
  [[nodiscard]] double self_kernel(const Kernel& kernel) const;

 private:
  friend Result<Sample> mitigate(const ShotRow& shots, const std::vector<ReadoutError>& errors);
  [[nodiscard]] double mean_over_shots(std::span<const double> values) const;

  const ShotRow* shots_;
  std::vector<double> weights_;
  std::shared_ptr<const ReadoutCorrection> correction_{};
};

}  // namespace bornite
