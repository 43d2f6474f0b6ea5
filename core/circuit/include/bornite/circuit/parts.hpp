#pragma once
// The parts of a circuit that have nothing to do with each other.

#include "bornite/circuit/compact.hpp"

#include <cstddef>
#include <vector>

namespace bornite {

/// The largest number of qubits that gates connect with one another, directly or through others; 0 without gates.
/// Outcomes of qubits that are not connected are independent, so this is what a simulator has to hold at once.
[[nodiscard]] std::size_t most_connected_qubits(const Circuit& circuit);

/// The circuit's connected parts, ordered by their first qubits; gates keep their order and parameters their numbers.
/// Qubits without gates are in none.
[[nodiscard]] std::vector<CompactCircuit> connected_parts(const Circuit& circuit);

}  // namespace bornite
