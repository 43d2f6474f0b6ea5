#pragma once
// Which gates the outcomes of a circuit depend on.

#include "bornite/circuit/circuit.hpp"

#include <vector>

namespace bornite {

/// For each gate, whether turning it may change the probability of any outcome; false is certain. Unseen are global
/// phases, and gates that are diagonal in the measured basis where they meet it only through gates that permute basis
/// states or leave their qubits alone, as the last block of rz, or act on qubits that are still in a basis state.
[[nodiscard]] std::vector<bool> influences_outcomes(const Circuit& circuit);

}  // namespace bornite
