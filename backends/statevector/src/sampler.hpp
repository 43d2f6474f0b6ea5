#pragma once
// Shots from a state.

#include "kernels.hpp"
#include "layout.hpp"

#include "bornite/backend/shot_table.hpp"
#include "bornite/util/random.hpp"

#include <cstdint>

namespace bornite::statevector {

/// A state, of qubits that may be fewer than the simulated ones; it need not be normalised.
struct StateView {
  const Kernels& kernels;
  const Layout& layout;
  const Block* psi;
  std::size_t qubits;
};

/// `shots` independent measurements of all qubits, as counts. The same key gives the same counts whatever the number of
/// threads. Time and memory do not grow with the number of shots beyond that of outcomes: one pass over the state sums
/// the probabilities of groups of outcomes; the counts of blocks of groups are drawn first, and then those inside each
/// block, where only groups that are hit are looked at again.
[[nodiscard]] Result<ShotRow> draw_shots(const StateView& state, std::uint64_t shots, const StreamKey& key);

}  // namespace bornite::statevector
