#pragma once
// The gates of a device for a circuit whose qubits are those of the device.

#include "bornite/circuit/native_circuit.hpp"
#include "bornite/compile/target.hpp"
#include "bornite/compile/zz_circuit.hpp"
#include "bornite/util/error.hpp"

namespace bornite {

/// Writes the circuit with the target's gates, up to a global phase. `measured` of the result is empty.
///
/// One-qubit gates are written in the first of these ways that the target has gates for:
///   rz with sx (and x, rx)   Rz is a change of frame, moved as far back as it goes; a constant takes at most two sx
///   rx, ry, rz               symbolic angles about an axis take one gate, a constant at most three
///   rz with rx or ry         one turn for each constant
///   prx; gpi2 (and gpi)      frames go into the phases of all later gates and no Rz is written; one prx, or at most
///   two
///                            gpi2, for each constant
/// For each ZZ gate the two-qubit gate is taken that fails least: rzz, rxx and ms do any angle in their range at once,
/// and otherwise, as cz, cx and ecr do, an odd multiple of pi/2 with one and any other angle with two.
///
/// If the circuit is measured at the end, diagonal gates that remain there are not written.
///
/// ErrorKind::unsupported if the target lacks one of these ways, or any two-qubit gate for a pair that needs one.
[[nodiscard]] Result<NativeCircuit> emit(const ZzCircuit& circuit, const Target& target, bool measured_at_the_end);

/// The two-qubit gate that does one ZZ operation best between two qubits of the target.
struct ZzChoice {
  NativeKind kind;
  Qubit first, second;  ///< in the order that the gate takes them
  std::size_t uses;     ///< how many gates
  double loss;          ///< -log of the probability that all of them work
};
/// None if no gate of the target joins the two.
[[nodiscard]] std::optional<ZzChoice> choose_zz_gate(const Target& target, Qubit a, Qubit b, const AngleSum& angle);

}  // namespace bornite
