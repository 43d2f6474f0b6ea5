#pragma once
// Programs in OpenQASM, as the subcommands that run or compile them want them.

#include <string>
#include <vector>

#include "bornite/circuit/circuit.hpp"
#include "bornite/util/error.hpp"

namespace bornite::cli {

/// A circuit and what is wanted of it.
struct ProgramFile {
  Circuit circuit;                  ///< without qubits that the program neither acts on nor measures
  std::vector<Qubit> measured;      ///< bit i of an outcome is this qubit of the circuit
  std::vector<std::string> inputs;  ///< names; there may be more than the circuit has parameters
};

/// A program that measures nothing stands for one that measures all qubits that it declares, or, where they are
/// physical, all that it uses, in order.
[[nodiscard]] Result<ProgramFile> load_program(const std::string& path);

}  // namespace bornite::cli
