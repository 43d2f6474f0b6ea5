#pragma once
// The transcendental functions of networks on whole arrays. Arrays have a multiple of lane_count entries.

#include <cstddef>

namespace bornite {

/// x <- e^x, relative error below 1e-15; arguments beyond +-708 are taken as +-708.
void exponentials(double* x, std::size_t count);
/// x <- log(1 + e^x), to 1e-15 of max(1, value).
void softplus(double* x, std::size_t count);
/// x <- 1 / (1 + e^-x), relative error below 2e-15.
void logistic(double* x, std::size_t count);
/// x <- tanh(x), absolute error below 1e-15.
void hyperbolic_tangents(double* x, std::size_t count);

}  // namespace bornite
