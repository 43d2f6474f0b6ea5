#pragma once
// The gates that a program may use without defining them.

#include "gate_list.hpp"

#include <span>
#include <string_view>

namespace bornite::qasm {

struct BuiltinGate {
  std::string_view name;
  std::size_t angles;
  std::size_t qubits;
  /// Adds the gates that it is made of, exactly, global phase included. As many angles and qubits as it takes.
  void (*build)(GateList& gates, std::span<const AngleSum> angles, std::span<const Qubit> qubits);
  bool is_standard;  ///< whether stdgates.inc has it
};

/// U; the gates of stdgates.inc and qelib1.inc; Braket's, and some more that IBM and Qiskit know. Where the same name
/// has several definitions, README.md says which is meant.
[[nodiscard]] std::span<const BuiltinGate> builtin_gates();

}  // namespace bornite::qasm
