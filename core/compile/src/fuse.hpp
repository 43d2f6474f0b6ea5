#pragma once
// Two ZZ gates like CZ around a rotation, as one ZZ gate by its angle.

#include "bornite/compile/zz_circuit.hpp"

namespace bornite {

/// CX Rz(t) CX, and whatever is the same but for gates on one qubit: two fully entangling gates of one pair, between
/// them a rotation of one of the qubits about an axis on the equator and nothing but ZZ gates on the other, is one ZZ
/// gate by the rotation's angle. Devices that turn by any angle do it at once, and at a right angle so does every
/// device.
[[nodiscard]] ZzCircuit fuse_pairs(const ZzCircuit& circuit);

}  // namespace bornite
