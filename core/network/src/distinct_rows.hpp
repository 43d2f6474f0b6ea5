#pragma once
// Equal rows of a data set, taken together: binarised inputs have few different ones.

#include "bornite/data/dataset.hpp"

#include <cstddef>
#include <vector>

namespace bornite {

struct DistinctRows {
  Dataset data;                     ///< each different row once, in the order of their first occurrence
  std::vector<std::size_t> counts;  ///< how often each occurs
  std::vector<std::size_t> places;  ///< for each row of the original, where it is in `data`
};

/// Rows are equal if their inputs and their targets are.
[[nodiscard]] DistinctRows distinct_examples(const Dataset& data);
/// Rows are equal if their inputs are; `data` has the target of the first.
[[nodiscard]] DistinctRows distinct_inputs(const Dataset& data);

}  // namespace bornite
