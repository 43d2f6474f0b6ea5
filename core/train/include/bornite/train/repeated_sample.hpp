#pragma once
// Costs of the networks that one state yields, sampled several times.

#include "bornite/backend/shot_table.hpp"
#include "bornite/network/cost_model.hpp"
#include "bornite/util/bitstring.hpp"
#include "bornite/util/error.hpp"

#include <cstdint>

namespace bornite {

struct RepeatedSample {
  std::size_t repeats = 0;
  std::uint64_t shots = 0;     ///< of all repeats
  double mean_cost = 0;        ///< of all shots
  double mean_cost_error = 0;  ///< one standard error, from the spread of the shots
  double best_cost = 0;        ///< the lowest cost among the shots of a repeat, averaged over repeats
  double best_cost_error = 0;  ///< one standard error, from the spread of the repeats; 0 of a single one
  double lowest_cost = 0;      ///< among all shots
  Bitstring lowest{};          ///< a network that has it
};

/// Each row of the table is a repeat. Refuses a table without rows.
[[nodiscard]] Result<RepeatedSample> summarise(const ShotTable& repeats, const CostModel& costs);

}  // namespace bornite
