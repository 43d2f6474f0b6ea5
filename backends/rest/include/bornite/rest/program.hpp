#pragma once
// Circuits made ready for a provider.

#include "bornite/circuit/circuit.hpp"
#include "bornite/compile/compile.hpp"
#include "bornite/compile/target.hpp"
#include "bornite/qasm/dialect.hpp"
#include "bornite/qasm/writer.hpp"
#include "bornite/util/error.hpp"

#include <deque>
#include <memory>
#include <mutex>
#include <optional>
#include <vector>

namespace bornite {

/// A circuit as a provider takes it, for any parameters.
struct Program {
  Circuit circuit;                      ///< the original
  QasmWriter writer;                    ///< in the provider's dialect; bit i of `c` is qubit i of the original
  std::optional<NativeCircuit> native;  ///< where it was compiled for a device
  CircuitFigures figures;               ///< of what runs

  /// The device's qubit that outcome bit i is read from.
  [[nodiscard]] std::vector<Qubit> measured() const;
};

/// Turns circuits into programs and remembers the last few, because a training asks for the same one at every step. May
/// be called from several threads.
class ProgramSource {
 public:
  /// With a target, circuits are compiled for it and checked: a device that would refuse the program after hours in its
  /// queue is told of now. Without one, gates that the dialect does not have are written with rotations and cx.
  ProgramSource(Dialect dialect, std::optional<Target> target);

  [[nodiscard]] Result<std::shared_ptr<const Program>> get(const Circuit& circuit);

 private:
  [[nodiscard]] Result<Program> make(const Circuit& circuit) const;
  [[nodiscard]] Result<Program> compiled_for(const Circuit& circuit, const Target& target,
                                             const Dialect& dialect) const;

  Dialect dialect_;
  std::optional<Target> target_;
  std::mutex mutex_;
  std::deque<std::shared_ptr<const Program>> recent_;
};

}  // namespace bornite
