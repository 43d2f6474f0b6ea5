#pragma once
// IonQ's JSON circuits.

#include "runner.hpp"

#include <cstdint>
#include <string>

namespace bornite::emulator {

/// What is wrong with a circuit, in IonQ's terms.
struct IonqComplaint {
  std::string code;  ///< one of failure.code, or "schema": the request itself is refused
  std::string message;
};

struct IonqGateCounts {
  std::uint64_t one_qubit = 0;
  std::uint64_t two_qubit = 0;
};

/// Reads an array of gates of the gate set "qis" (angles in radians) or "native" (in turns); all qubits are measured.
/// `qubits` 0 means as many as the gates need.
[[nodiscard]] boost::system::result<Program, IonqComplaint> read_ionq_circuit(const Json& gates,
                                                                              std::string_view gate_set,
                                                                              std::size_t qubits);
/// Gates on one qubit and on more.
[[nodiscard]] IonqGateCounts count_gates(const Circuit& circuit);

}  // namespace bornite::emulator
