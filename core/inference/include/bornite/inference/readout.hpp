#pragma once
// Errors of reading qubits, and samples with these errors taken out.

#include "bornite/backend/shot_table.hpp"
#include "bornite/inference/sample.hpp"
#include "bornite/util/error.hpp"

#include <vector>

namespace bornite {

/// How one qubit is misread, whatever the others are.
struct ReadoutError {
  double one_for_zero = 0;  ///< probability of reading 1 in the state 0
  double zero_for_one = 0;  ///< probability of reading 0 in the state 1
};

/// Of each bit, from shots in the states of all zeros and of all ones. Refuses a bit whose two errors sum to 1 or more,
/// because its reading tells nothing, naming it.
[[nodiscard]] Result<std::vector<ReadoutError>> readout_errors(const ShotRow& zeros, const ShotRow& ones);

/// The shots with weights w that solve A w = shares, where A(s, t) is the probability of reading s in the state t,
/// among the strings that were measured and with columns that sum to 1 (Nation et al., PRX Quantum 2, 040326 (2021)).
/// Some w may be negative. Readings of more errors than one in a million shots has are left out. Throws
/// std::invalid_argument for another number of errors than of bits; refuses errors as above, and a system that does not
/// converge.
[[nodiscard]] Result<Sample> mitigate(const ShotRow& shots, const std::vector<ReadoutError>& errors);

}  // namespace bornite
