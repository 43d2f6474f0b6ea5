#pragma once
// Activations on whole arrays.

#include "bornite/network/network_spec.hpp"

#include <cstddef>

namespace bornite {

/// z <- activation(z); a multiple of lane_count entries.
void activate(Activation activation, double* z, std::size_t count);

}  // namespace bornite
