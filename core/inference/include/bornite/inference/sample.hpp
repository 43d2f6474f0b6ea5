#pragma once
// What measured shots say about an outcome distribution.

#include "bornite/backend/shot_table.hpp"
#include "bornite/util/bitstring.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace bornite {

/// Distinct strings with weights that sum to one. Refers to the shots, which must live as long.
class Sample {
 public:
  /// Weighs each string by its share of the shots.
  Sample(const ShotRow& shots);  // NOLINT(google-explicit-constructor): shots are a sample of themselves

  [[nodiscard]] std::size_t bits() const { return shots_->bits(); }
  /// Distinct strings.
  [[nodiscard]] std::size_t size() const { return weights_.size(); }
  [[nodiscard]] const BitstringList& strings() const { return shots_->strings(); }
  [[nodiscard]] std::span<const double> weights() const { return weights_; }
  /// As many as were measured.
  [[nodiscard]] std::uint64_t shots() const { return shots_->shots(); }

  /// Sum over the strings of weight times value.
  [[nodiscard]] double mean(std::span<const double> values) const;
  /// Of mean(values), from the scatter of the shots; absent for fewer than 2.
  [[nodiscard]] std::optional<double> standard_error(std::span<const double> values) const;

 private:
  const ShotRow* shots_;
  std::vector<double> weights_;
};

}  // namespace bornite
