#pragma once
// Circuits in the form that all passes work on: runs on one qubit, and one kind of gate on two.

#include "bornite/circuit/circuit.hpp"
#include "bornite/compile/rotation_run.hpp"

#include <variant>
#include <vector>

namespace bornite {

struct LocalOperation {
  Qubit qubit;
  RotationRun run;
};

/// exp(-i angle Z Z / 2). At an odd multiple of pi/2 it is CZ but for Rz on both; at a multiple of pi it is Z Z or
/// nothing.
struct ZzOperation {
  Qubit first, second;
  AngleSum angle;
};

using ZzCircuitOperation = std::variant<LocalOperation, ZzOperation>;

/// What is the same as some Circuit up to a global phase. CX is Hadamards on the target around a CZ: so rotations about
/// X that commute with the target show as rotations about Z that commute with every gate here.
class ZzCircuit {
 public:
  explicit ZzCircuit(std::size_t qubits) : qubits_(qubits) {}

  [[nodiscard]] std::size_t qubits() const { return qubits_; }
  [[nodiscard]] const std::vector<ZzCircuitOperation>& operations() const { return operations_; }

  void local(Qubit qubit, const RotationRun& run);
  void rotate_z(Qubit qubit, const AngleSum& angle);
  void zz(Qubit first, Qubit second, const AngleSum& angle);
  void cz(Qubit first, Qubit second);
  void cx(Qubit control, Qubit target);
  /// Three CX.
  void swap(Qubit first, Qubit second);

 private:
  std::size_t qubits_;
  std::vector<ZzCircuitOperation> operations_;
};

/// Whether a ZZ angle is a constant odd multiple of pi/2 (to 1e-14), as CZ's is: one gate of a kind that entangles
/// fully does it, any other angle takes two.
[[nodiscard]] bool is_fully_entangling(const AngleSum& angle);

/// The circuit in that form. No qubits are added, and angles stay linear in the parameters.
///
/// A gate with one control becomes one ZZ gate, whatever it is (swap: three). On n = 3 or more qubits, controls
/// included, a gate is a diagonal one between changes of basis on its target; its phase on |1...1> is a product of
/// rotations about the parities of subsets, visited in the order of a Gray code: 2^n - 2 CX (a controlled rotation on k
/// controls: 2^k). From n = 7 on the phase is split (Barenco et al., arXiv quant-ph/9503016, lemma 7.5) and the CX with
/// many controls that this needs borrow the qubits that are idle (lemmas 7.2, 7.3), so that the number of CX is
/// quadratic in n.
[[nodiscard]] ZzCircuit to_zz_circuit(const Circuit& circuit);

}  // namespace bornite
