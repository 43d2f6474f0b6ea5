#pragma once
// Reads OpenQASM 3 (and 2) programs as circuits.

#include "bornite/circuit/circuit.hpp"
#include "bornite/util/error.hpp"

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace bornite {

/// Some consecutive qubits or classical bits that a program declares under one name.
struct QasmRegister {
  std::string name;
  std::size_t first;  ///< number of its element 0 among all qubits, or all bits
  std::size_t size;

  friend bool operator==(const QasmRegister&, const QasmRegister&) = default;
};

/// A program, unrolled.
struct QasmProgram {
  /// Qubit i is the i-th that is declared, registers in order; or the physical qubit $i, if the program declares none.
  Circuit circuit;
  /// Names of the `input`s: parameter k of the circuit is inputs[k]. There may be more than the circuit uses.
  std::vector<std::string> inputs;
  std::vector<QasmRegister> qubit_registers;  ///< none if the qubits are physical
  std::vector<QasmRegister> bit_registers;
  /// Outcome bit i is read from qubit measured[i] and goes to the classical bit measured_bits[i], counted over all
  /// bit_registers; in ascending order of these. Results that no classical bit receives come last, in order of
  /// measurement, as the bits past the declared ones. Empty if nothing is measured.
  std::vector<Qubit> measured;
  std::vector<std::size_t> measured_bits;
  std::vector<std::string> pragmas;  ///< the text after each `pragma` or `#pragma`, in order
};

/// What a program may ask for at most. A text that wants more is refused; reading takes time and memory in proportion
/// to these.
struct QasmLimits {
  std::size_t bytes = std::size_t{256} << 20;  ///< of the text; never more than 4 GiB
  std::size_t qubits = 1'000'000;
  std::size_t bits = 1'000'000;
  std::size_t gates = 10'000'000;  ///< after unrolling and broadcasting
  std::size_t work = 300'000'000;  ///< bytes read again in loops and gates, elements of registers, inputs in sums
  std::size_t nesting = 200;       ///< of expressions, blocks and gate definitions in each other
};

/// `source` names the text in errors. Every error says "SOURCE:LINE:COLUMN: ", what is wrong, and shows the place.
/// ErrorKind::input for a wrong program, unsupported for a right one outside the subset (README.md beside this module
/// has it), resource for one past a limit.
[[nodiscard]] Result<QasmProgram> read_qasm(std::string_view text, std::string_view source,
                                            const QasmLimits& limits = {});

/// The same for a file.
[[nodiscard]] Result<QasmProgram> load_qasm(const std::filesystem::path& path, const QasmLimits& limits = {});

}  // namespace bornite
