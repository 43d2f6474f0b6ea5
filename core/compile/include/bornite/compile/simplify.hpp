#pragma once
// Fewer gates that do the same.

#include "bornite/compile/zz_circuit.hpp"

namespace bornite {

/// What besides the gates may be made use of.
struct Simplifications {
  bool start_in_zero = true;        ///< all qubits start in |0>: what acts trivially on it goes
  bool measured_at_the_end = true;  ///< all qubits are measured in the end: what changes no probability goes
};

/// Merges runs, moves what is diagonal or anti-diagonal through ZZ gates to the end, joins ZZ gates of one pair that
/// nothing keeps apart, makes two that only a rotation keeps apart into one by its angle (CX Rz CX), turns those by
/// multiples of pi into gates on one qubit, and makes use of what is allowed. Repeats until no more ZZ gates go.
[[nodiscard]] ZzCircuit simplify(const ZzCircuit& circuit, const Simplifications& allowed);

}  // namespace bornite
