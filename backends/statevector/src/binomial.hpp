#pragma once
// Binomial random numbers.

#include "bornite/util/random.hpp"

#include <cstdint>

namespace bornite::statevector {

/// The number of successes in `trials` tries of probability p, 0 <= p <= 1, in a time that does not grow with the
/// number of tries: inversion for small means, otherwise Hoermann's BTRS ("The generation of binomial random variates",
/// J. Stat. Comput. Simul. 46, 1993).
[[nodiscard]] std::uint64_t draw_binomial(RandomStream& stream, std::uint64_t trials, double p);

}  // namespace bornite::statevector
