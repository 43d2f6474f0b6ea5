#include "program_file.hpp"

#include <algorithm>
#include <numeric>

#include "bornite/circuit/compact.hpp"
#include "bornite/qasm/reader.hpp"

namespace bornite::cli {

Result<ProgramFile> load_program(const std::string& path) {
  BORNITE_TRY(QasmProgram program, load_qasm(path));
  std::vector<Qubit> wanted = std::move(program.measured);
  if (wanted.empty() && !program.qubit_registers.empty()) {
    wanted.resize(program.circuit.qubits());
    std::iota(wanted.begin(), wanted.end(), Qubit{0});
  }
  CompactCircuit compact = without_idle_qubits(program.circuit, wanted);
  if (wanted.empty()) wanted = compact.qubits;
  for (Qubit& qubit : wanted)
    qubit = static_cast<Qubit>(std::ranges::lower_bound(compact.qubits, qubit) - compact.qubits.begin());
  return ProgramFile{std::move(compact.circuit), std::move(wanted), std::move(program.inputs)};
}

}  // namespace bornite::cli
