#pragma once
// Which qubit of a device plays which qubit of a circuit.

#include "bornite/compile/target.hpp"
#include "bornite/compile/zz_circuit.hpp"
#include "bornite/util/error.hpp"

#include <cstdint>
#include <vector>

namespace bornite {

/// How hard to look. Work is counted in steps of the search, not in time, so that every machine finds the same.
struct LayoutOptions {
  std::uint64_t seed = 0;
  std::size_t embedding_work = 5'000'000;  ///< qubits and pairs of qubits whose losses are looked up
  std::size_t line_moves = 20'000;         ///< of a line on the device, in each of 8 searches
  std::size_t routing_trials = 12;
};

/// Entry i is the target's qubit for qubit i of the circuit.
struct Layout {
  std::vector<Qubit> qubits;
  bool exact;  ///< whether all pairs that interact are coupled: no swaps are needed
};

/// A qubit of the device that lacks a gate that rotations of one qubit may take counts as down.
///
/// The layout with the largest success probability that was found among those that need no swaps; otherwise (`exact` is
/// false) none, and routing has to begin somewhere. Lines, and circuits that are parts of lines, are first laid along a
/// path of the device that is moved about by annealing; then all ways to place the circuit are tried in a fixed order,
/// as far as the work goes, leaving out those that cannot become better than the best. Up to about 25 qubits in a line
/// on a device of 150 that is all of them, and the layout the best there is.
[[nodiscard]] Result<Layout> find_layout(const ZzCircuit& circuit, const Target& target, const LayoutOptions& options);

}  // namespace bornite
