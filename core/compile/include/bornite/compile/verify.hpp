#pragma once
// Proof that a compiled circuit is the original.

#include "bornite/compile/compile.hpp"

namespace bornite {

/// What verify() found out.
enum class Verification {
  checked,              ///< every gate suits the target; too much to simulate
  equal_states,         ///< and both make the same states, up to a global phase and the layouts
  equal_distributions,  ///< and both give the same probabilities of outcomes
};
[[nodiscard]] std::string_view to_string(Verification verification);

inline constexpr std::size_t always_verified_qubits = 14;
inline constexpr std::size_t most_verified_qubits = 22;

/// Checks every gate against the target and runs both circuits on random parameters (from the seed), of |0...0> or, if
/// use was not made of that, of random states at the initial layout. States must agree in every amplitude, or, where
/// gates before measurement were dropped, probabilities: to 1e-12 and what rounding adds in so many gates. They are run
/// where the compiled circuit uses at most `always_verified_qubits` qubits, and up to `most_verified_qubits` where that
/// takes about a second. ErrorKind::unsupported for a gate that the target cannot do, ErrorKind::numeric with
/// the largest difference if the circuits are not the same, or for layouts that are none.
[[nodiscard]] Result<Verification> verify(const Circuit& circuit, const Compiled& compiled, const Target& target,
                                          std::uint64_t seed = 0);

}  // namespace bornite
