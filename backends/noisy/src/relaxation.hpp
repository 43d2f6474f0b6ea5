#pragma once
// Amplitude and phase damping as something that rarely happens.

#include "noise_program.hpp"

#include "bornite/compile/target.hpp"

namespace bornite::noisy {

/// What a time t does to a qubit.
struct Damping {
  double decayed = 0;    ///< the share of excitations that is lost: 1 - exp(-t / T1)
  double decohered = 0;  ///< the share of coherences that is lost: 1 - exp(-t / T2)
};

/// T2 is taken to be at most this many T1. At 2, the physical limit, no part of the channel leaves the state alone.
inline constexpr double largest_t2 = 1.9;

/// An unknown T2 counts as T1; an unknown T1 means no decay.
[[nodiscard]] Damping damping(const QubitFigures& qubit, double seconds);

/// The channel as (1 - p) identity + p E with the smallest p there is. With g = decayed and d = decohered, the rest is
/// positive as long as its Choi matrix is, whose block [[p, p - d], [p - d, p - g]] becomes singular at
/// p = d^2 / (2 d - g). There E consists of diag(1, g / d - 1) and of a jump |0><1|: for T2 = T1 a reset to 0, without
/// decay a Z. Needs d > 0.
[[nodiscard]] FaultPlace relaxation_place(std::size_t gates, QubitSet qubit, const Damping& damping);

/// The fidelity of the channel with the identity on entangled states: 1 - g/4 - d/2.
[[nodiscard]] double process_fidelity(const Damping& damping);

}  // namespace bornite::noisy
