#pragma once
// The exact distribution of a noisy circuit's outcomes.

#include "bound_gate.hpp"

#include <span>
#include <vector>

namespace bornite::noisy {

/// The probability of each outcome of the program's bits, misreadings included: entry k of the string whose bit i is
/// bit i of k. Takes 4^qubits complex numbers, and that many operations for every gate and fault.
[[nodiscard]] std::vector<double> outcome_probabilities(const NoiseProgram& program, std::span<const double> theta);

}  // namespace bornite::noisy
