#pragma once
// Circuits as OpenQASM 3.

#include "bornite/circuit/angle_sum.hpp"
#include "bornite/circuit/circuit.hpp"
#include "bornite/circuit/native_circuit.hpp"
#include "bornite/qasm/dialect.hpp"
#include "bornite/util/error.hpp"

#include <span>
#include <string>
#include <vector>

namespace bornite {

/// A circuit written in a dialect once, with gaps where the angles go that depend on parameters. Bit i of the register
/// `c` is outcome bit i. Numbers are the shortest that read back as the same double.
class QasmWriter {
 public:
  /// All qubits are measured, in order. Controls that no gate of the dialect has become `ctrl @` where the dialect has
  /// modifiers; a global phase that the dialect cannot express is left out unless it is controlled. Refuses a gate that
  /// the dialect does not have (ErrorKind::unsupported), naming the gate and its place in the circuit.
  [[nodiscard]] static Result<QasmWriter> create(const Circuit& circuit, const Dialect& dialect);
  /// The qubits in `measured` are measured, in that order.
  [[nodiscard]] static Result<QasmWriter> create(const NativeCircuit& circuit, const Dialect& dialect);

  /// The program at the angles that theta gives.
  [[nodiscard]] std::string bound(std::span<const double> theta) const;

  /// The program with `input` declarations. Refuses a dialect without inputs.
  [[nodiscard]] Result<std::string> parametric() const;
  /// Names of the inputs in the order of their declaration, which is also that of the names: theta_00, theta_01, ...
  [[nodiscard]] std::vector<std::string> input_names() const;
  /// What each input stands for in the circuit's parameters.
  [[nodiscard]] std::vector<AngleSum> input_angles() const;
  /// The values that the inputs take at theta: the parameters themselves, or, in a dialect without expressions, the
  /// distinct angles that depend on them.
  [[nodiscard]] std::vector<double> input_values(std::span<const double> theta) const;

 private:
  friend class ProgramBuilder;
  QasmWriter() = default;

  std::string head_;                 // version and include line
  std::vector<std::string> pieces_;  // the rest of the program, cut where an angle goes
  std::vector<std::size_t> slots_;   // after each piece but the last: which of the angles
  std::vector<AngleSum> angles_;     // the distinct angles that depend on parameters
  std::size_t parameters_ = 0;
  std::string dialect_;
  std::string input_type_;
  bool expressions_ = false;
};

}  // namespace bornite
