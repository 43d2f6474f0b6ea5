#pragma once
// Whether a device can run a circuit, before anything is sent to it.

#include "bornite/circuit/native_circuit.hpp"
#include "bornite/compile/target.hpp"
#include "bornite/util/error.hpp"

namespace bornite {

/// ErrorKind::unsupported with the first gate (or measured qubit) that the device cannot do, and why: there is no such
/// qubit, it is down, the gate is not native, there is no such coupling, it goes the other way, it is down, an angle is
/// out of range or not finite, or a qubit is measured twice. An angle with parameters is in range only if the gate
/// takes every angle.
[[nodiscard]] Result<void> check(const NativeCircuit& circuit, const Target& target);

}  // namespace bornite
