#pragma once
// The keys network.* of a configuration.

#include "bornite/network/network_spec.hpp"
#include "bornite/util/config.hpp"

namespace bornite {

/// `defaults` with everything that network.* says instead. Inputs and outputs stay as they are.
[[nodiscard]] Result<NetworkSpec> read_network_settings(Config& config, NetworkSpec defaults);

/// network.output, or `otherwise`.
[[nodiscard]] Result<OutputKind> read_output_kind(Config& config, OutputKind otherwise);

}  // namespace bornite
