#pragma once
// A circuit made ready for a device.

#include "bornite/compile/check.hpp"
#include "bornite/compile/layout.hpp"
#include "bornite/compile/simplify.hpp"

#include <map>
#include <string>

namespace bornite {

struct CompileOptions {
  Simplifications simplifications{};
  LayoutOptions layout{};
};

/// Gates by name, and their longest chain.
struct CircuitFigures {
  std::map<std::string, std::size_t> gates{};  ///< controls are written before: "ccx", "cz"
  std::size_t depth = 0;                       ///< gates in the longest chain of gates that share qubits
  std::size_t two_qubit_depth = 0;             ///< the same, counting only gates on two qubits or more
  std::size_t two_qubit_gates = 0;
};
[[nodiscard]] CircuitFigures figures_of(const Circuit& circuit);
[[nodiscard]] CircuitFigures figures_of(const NativeCircuit& circuit);

struct CompileReport {
  CircuitFigures before;
  CircuitFigures after;
  std::size_t swaps = 0;           ///< that routing put in
  double success_probability = 1;  ///< that no gate and no readout fails, by the target's error rates
  double duration = 0;             ///< seconds from the first gate to the end of the last, each as early as can be
};

/// What compile() makes. Parameters are those of the circuit: it is compiled once and bound as often as wanted.
struct Compiled {
  NativeCircuit circuit;              ///< on the target's qubits; bit i of an outcome is qubit i of the original
  std::vector<Qubit> initial_layout;  ///< the target's qubit where qubit i of the original starts
  std::vector<Qubit> final_layout;    ///< and where it ends; the same unless there are swaps
  /// What was made use of: with `measured_at_the_end` only the outcomes' probabilities are those of the original.
  Simplifications simplifications;
  CompileReport report;
};

/// The probability that no gate and no readout of the circuit fails: the product of 1 minus each error, with the mean
/// readout error of each measured qubit. 0 if the target cannot run the circuit.
[[nodiscard]] double success_probability(const NativeCircuit& circuit, const Target& target);
/// Seconds that the gates take, each starting when its qubits are free.
[[nodiscard]] double duration(const NativeCircuit& circuit, const Target& target);

/// Writes the circuit with the target's gates, on qubits and couplings that it has, so that it fails as seldom as could
/// be found. The same arguments give the same result on every machine. ErrorKind::unsupported if the target has too few
/// qubits, too few kinds of gates, or qubits that no couplings join; a result passes check().
[[nodiscard]] Result<Compiled> compile(const Circuit& circuit, const Target& target,
                                       const CompileOptions& options = {});

}  // namespace bornite
