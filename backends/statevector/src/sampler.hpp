#pragma once
// Shots from a known distribution.

#include "bornite/backend/shot_table.hpp"
#include "bornite/util/random.hpp"

#include <cstdint>
#include <span>

namespace bornite::statevector {

/// `shots` independent draws from q, of 2^qubits entries that need not be normalised, as counts. The same key gives the
/// same counts whatever the number of threads. Time and memory do not grow with the number of shots beyond that of
/// outcomes: the counts of blocks of outcomes are drawn first, and then those inside each block.
[[nodiscard]] Result<ShotRow> draw_shots(std::span<const double> q, std::size_t qubits, std::uint64_t shots,
                                         const StreamKey& key);

}  // namespace bornite::statevector
