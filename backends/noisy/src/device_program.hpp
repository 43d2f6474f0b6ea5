#pragma once
// A circuit as a device runs it.

#include "noise_program.hpp"

#include "bornite/compile/compile.hpp"
#include "bornite/compile/target.hpp"

namespace bornite::noisy {

/// The device's qubits that gates act on or that are measured, ascending.
[[nodiscard]] std::vector<Qubit> used_qubits(const NativeCircuit& circuit);

/// The compiled circuit with the target's noise, on the qubits that it uses, at most 64; bit i of an outcome is qubit i
/// of the original. Gates start as soon as their qubits are free, and all qubits are read at the end of the last. A
/// qubit relaxes while it waits and while a gate acts on it. After a gate comes depolarisation, of the strength that
/// makes its average infidelity, relaxation included, the target's error; none if relaxation alone is worse. `f` scales
/// errors of gates and rates of relaxation. Bits are misread as the target says.
[[nodiscard]] NoiseProgram device_program(const NativeCircuit& circuit, const Target& target, double f);

/// The probability of a Pauli operator, any but the identity, after `fidelity` that makes the average infidelity of
/// both together `error`, on so many qubits.
[[nodiscard]] double depolarisation_beside(double fidelity, double error, std::size_t qubits);

}  // namespace bornite::noisy
