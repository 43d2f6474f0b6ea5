#pragma once
// Runs on one qubit in the gates of a device.

#include <memory>
#include <vector>

#include "bornite/circuit/native_circuit.hpp"
#include "bornite/compile/rotation_run.hpp"
#include "bornite/compile/target.hpp"
#include "bornite/util/error.hpp"

namespace bornite {

/// Takes runs and gates in time order. Each qubit has a run that is still to be written and, once it is, a frame: an
/// Rz that follows what has been written, to be moved past later gates.
class OneQubitWriter {
 public:
  explicit OneQubitWriter(std::size_t qubits) : pending_(qubits), frames_(qubits), last_gate_(qubits, none) {
    circuit_.qubits = qubits;
  }
  virtual ~OneQubitWriter() = default;
  OneQubitWriter(const OneQubitWriter&) = delete;
  OneQubitWriter& operator=(const OneQubitWriter&) = delete;

  void append(Qubit q, const RotationRun& run) { pending_[q].append(run); }
  void rotate_z(Qubit q, const AngleSum& angle) { pending_[q].append_rz(angle); }
  [[nodiscard]] const RotationRun& pending(Qubit q) const { return pending_[q]; }

  /// Writes the run, all but the frame.
  void flush(Qubit q);
  /// Writes the frame too.
  virtual void settle(Qubit q) = 0;
  [[nodiscard]] AngleSum& frame(Qubit q) { return frames_[q]; }

  /// Gates that a run takes, Rz left out.
  [[nodiscard]] virtual std::size_t cost(const RotationRun& run) const = 0;

  void write(NativeGate gate);
  [[nodiscard]] NativeCircuit take() { return std::move(circuit_); }

 protected:
  virtual void write_run(Qubit q, const RotationRun& run) = 0;
  /// A rotation about x, y or z; nothing if the angle is a multiple of 2 pi. Joins one before it.
  void write_rotation(NativeKind kind, Qubit q, const AngleSum& angle);

 private:
  static constexpr std::size_t none = ~std::size_t{0};

  NativeCircuit circuit_;
  std::vector<RotationRun> pending_;
  std::vector<AngleSum> frames_;
  std::vector<std::size_t> last_gate_;
};

/// Refuses a target without enough one-qubit gates.
[[nodiscard]] Result<std::unique_ptr<OneQubitWriter>> make_one_qubit_writer(const Target& target);

/// The same angle with its constant part in (-pi, pi], and 0 where that is below 1e-14.
[[nodiscard]] AngleSum wrapped(const AngleSum& angle);

}  // namespace bornite
