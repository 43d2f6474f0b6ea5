#pragma once
// What no encoding can be made of.

#include "bornite/network/network_spec.hpp"

namespace bornite {

/// Refuses everything that Encoding::create() refuses, except for the order of the blocks.
[[nodiscard]] Result<void> check_spec(const NetworkSpec& spec);

}  // namespace bornite
