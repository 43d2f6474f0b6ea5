#pragma once
// Whether a network can read a data set.

#include "bornite/data/dataset.hpp"
#include "bornite/network/network_spec.hpp"

namespace bornite {

/// Refuses data whose features are not the network's inputs.
[[nodiscard]] Result<void> check_features(const NetworkSpec& spec, const Dataset& data);
/// Refuses targets that are not among the network's classes, or not finite for regression.
[[nodiscard]] Result<void> check_targets(const NetworkSpec& spec, const Dataset& data);

}  // namespace bornite
