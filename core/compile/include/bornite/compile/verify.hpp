#pragma once
// Proof that a compiled circuit is the original.

#include "bornite/compile/compile.hpp"

namespace bornite {

/// What verify() found out.
enum class Verification {
  checked,              ///< every gate suits the target; too many qubits to simulate
  equal_states,         ///< and both make the same state of |0...0>, up to a global phase and the layout
  equal_distributions,  ///< and both give the same probabilities of outcomes
};
[[nodiscard]] std::string_view to_string(Verification verification);

inline constexpr std::size_t most_verified_qubits = 14;

/// Checks every gate against the target and, where the compiled circuit uses at most `most_verified_qubits` qubits,
/// runs both circuits on random parameters (from the seed): states must agree to 1e-12 in every amplitude, or, where
/// gates before measurement were dropped, probabilities. ErrorKind::unsupported for a gate that the target cannot do,
/// ErrorKind::numeric with the largest difference if the circuits are not the same.
[[nodiscard]] Result<Verification> verify(const Circuit& circuit, const Compiled& compiled, const Target& target,
                                          std::uint64_t seed = 0);

}  // namespace bornite
