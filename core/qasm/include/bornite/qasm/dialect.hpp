#pragma once
// How a provider wants its OpenQASM 3.

#include "bornite/util/config.hpp"
#include "bornite/util/error.hpp"

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace bornite {

enum class QubitStyle {
  virtual_register,  ///< qubit[n] q; and q[i]
  physical,          ///< $i
};

enum class MeasurementStyle {
  whole_register,  ///< c = measure q; where the bits are all qubits in order, else as `each`
  each,            ///< c[i] = measure q[j];
};

/// A provider's form of OpenQASM 3, as its capability file describes it. Operations are named as in Circuit with one
/// "c" per control ("rz", "cx", "ccx", "cswap", "gphase"), and as in NativeKind.
struct Dialect {
  std::string name;
  std::string include;       ///< file of an include line; empty: none
  std::string input_type;    ///< of `input` declarations; empty: programs must have numbers in the place of parameters
  bool expressions = false;  ///< whether angles may be expressions of inputs; else each angle is an input or a number
  bool modifiers = false;    ///< whether ctrl @ and inv @ may make what `gates` does not name
  QubitStyle qubits = QubitStyle::virtual_register;
  MeasurementStyle measurement = MeasurementStyle::whole_register;
  QubitStyle native_qubits = QubitStyle::virtual_register;      ///< of native circuits
  std::string native_begin;                                     ///< line before the gates of a native circuit
  std::string native_end;                                       ///< line after them
  std::map<std::string, std::string, std::less<>> gates;        ///< operation -> name of its gate
  std::map<std::string, std::string, std::less<>> definitions;  ///< operation -> definition that its use needs
};

/// Reads the keys qasm.*: include, input_type, expressions, modifiers, qubits ("register" or "physical"), measurement
/// ("register" or "each"), native_qubits (by default as qubits), native_begin, native_end, gates.OPERATION and
/// definitions.OPERATION.
[[nodiscard]] Result<Dialect> read_dialect(Config& config, std::string_view name);

/// standard, ibm, ionq, braket, qbraid.
[[nodiscard]] std::vector<std::string_view> builtin_dialects();
/// Refuses an unknown name with the list of known ones.
[[nodiscard]] Result<Dialect> builtin_dialect(std::string_view name);

}  // namespace bornite
