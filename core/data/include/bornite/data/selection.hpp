#pragma once
// Parts of a data set: some classes, a random split, a small random sample.

#include "bornite/data/dataset.hpp"
#include "bornite/util/error.hpp"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace bornite {

/// The rows of the given classes in their old order, with targets 0, 1, ... in the order in which the classes are
/// given. Refuses an empty list, a class given twice and a class without rows.
[[nodiscard]] Result<Dataset> select_classes(const Dataset& data, const std::vector<int>& classes);

/// Shuffles the rows and puts the given fraction of them (rounded, at least one row unless the fraction is 0) into the
/// test part. Refuses fractions outside [0, 1) and a split that leaves no row for training.
[[nodiscard]] Result<DataSplit> split(const Dataset& data, double test_fraction, std::uint64_t seed);

/// So many rows chosen at random without replacement, in random order. With one seed, a smaller subset is the
/// beginning of a larger one. Refuses 0 rows and more rows than there are.
[[nodiscard]] Result<Dataset> subset(const Dataset& data, std::size_t rows, std::uint64_t seed);

}  // namespace bornite
