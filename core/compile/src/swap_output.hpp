#pragma once
// What the router writes.

#include <optional>
#include <variant>
#include <vector>

#include "bornite/compile/zz_circuit.hpp"

namespace bornite {

/// A circuit on the device's qubits in which a swap is joined with the ZZ gate of the same pair before it, if only runs
/// on one qubit lie between: the two together take two or three gates that entangle fully, not three more.
class SwapOutput {
 public:
  explicit SwapOutput(std::size_t qubits) : qubits_(qubits), after_(qubits), last_(qubits) {}

  void local(Qubit place, const RotationRun& run) { after_[place].append(run); }
  void zz(Qubit a, Qubit b, const AngleSum& angle);
  void swap(Qubit a, Qubit b);
  /// Whether a swap would be joined.
  [[nodiscard]] bool joins(Qubit a, Qubit b) const { return last_[a] && last_[a] == last_[b]; }
  [[nodiscard]] ZzCircuit finish();

 private:
  void write_runs(Qubit a, Qubit b);
  void write_swap_after(const ZzOperation& earlier);
  void write_cx(Qubit control, Qubit target);

  std::size_t qubits_;
  std::vector<std::variant<std::monostate, LocalOperation, ZzOperation>> written_;
  std::vector<RotationRun> after_;                // what follows on each qubit and is not written yet
  std::vector<std::optional<std::size_t>> last_;  // where the last ZZ gate of each qubit stands; none after a swap
};

}  // namespace bornite
