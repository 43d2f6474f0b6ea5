#pragma once
// The Fourier transform over bitstrings.

#include <span>

namespace bornite {

/// Replaces v by its Walsh-Hadamard transform, unnormalised: v[S] = sum over s of v[s] (-1)^popcount(S & s). Twice in a
/// row multiplies by the size. O(N 2^N), in place, on all cores. Throws std::invalid_argument unless the size is a
/// power of two.
void walsh_hadamard(std::span<double> v);

}  // namespace bornite
