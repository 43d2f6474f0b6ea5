#pragma once
// A trained outcome distribution in a few numbers.

#include "bornite/backend/shot_table.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

namespace bornite {

struct SummaryOptions {
  double threshold = 0;  ///< a string counts as found if its probability is above this
  double gap = 1e-4;     ///< "near the optimum": cost <= optimum + gap
  std::optional<double>
      optimum{};  ///< lowest cost of all strings; taken from the costs if they are those of all strings
};

struct DistributionSummary {
  double expected_cost = 0;
  double entropy =
      0;  ///< in nats; from shots the plug-in estimate, which is too low by about (strings - 1) / (2 shots)
  std::size_t most_probable = 0;  ///< index into the strings; the lowest among equals
  double most_probable_probability = 0;
  std::optional<std::size_t> best{};          ///< lowest cost among found strings, the most probable among equals
  std::optional<double> mass_near_optimum{};  ///< unknown when the optimum is
};

/// Of all 2^N probabilities and costs. Throws std::invalid_argument if they are none or differ in number.
[[nodiscard]] DistributionSummary summarise(std::span<const double> q, std::span<const double> costs,
                                            const SummaryOptions& options = {});

/// Of the distinct strings of a sample and their costs; indices count these strings. Throws std::invalid_argument for a
/// sample without shots and for another number of costs.
[[nodiscard]] DistributionSummary summarise(const ShotRow& sample, std::span<const double> costs,
                                            const SummaryOptions& options = {});

}  // namespace bornite
