#pragma once
// The local simulator: exact probabilities, adjoint gradients and shots from all 2^N amplitudes.

#include "bornite/backend/exact_backend.hpp"
#include "bornite/backend/synchronous_backend.hpp"
#include "bornite/statevector/precision.hpp"

#include <complex>
#include <memory>
#include <vector>

namespace bornite {

/// Holds compiled circuits and the memory of earlier calls, so that a circuit is compiled once and evaluated at many
/// angles without allocation. All functions may be called from several threads at once; each call uses the threads
/// that bornite::ThreadLimit allows, and its result does not depend on how many they are.
///
/// Each backend works with the best instruction set of the processor, or with the one that the environment variable
/// BORNITE_SIMD names at its construction: avx512, avx2 or baseline. The others give the same numbers up to rounding.
///
/// In complex128, amplitudes and derivatives are right to about 1e-15 per layer of gates. In complex64 only the
/// amplitudes are floats; angles, probabilities, costs and derivatives stay doubles. Every gate then adds a rounding
/// error of 6e-8 relative to the norm of the state: the error of the state's norm is some 1e-7 times the square root of
/// the number of layers, that of a probability this times twice the root of the probability, and that of a derivative
/// this times a few times the largest effective cost. Probabilities sum to 1 up to the error of the norm, but those
/// that an effective cost reads have been divided by their sum. Measured: README.md beside the sources.
///
/// Errors: ErrorKind::resource for more qubits than memory holds, ::input for parameters that are too few, too many or
/// not finite, ::numeric for an effective cost with entries that are not finite, ::configuration or ::unsupported for a
/// BORNITE_SIMD that names no instruction set or one that the processor lacks. What an effective cost throws passes
/// through.
class StatevectorBackend : public SynchronousBackend<ExactBackend> {
 public:
  /// States of more qubits are refused whatever the memory: 64 GiB at 32 qubits, 32 in complex64.
  static constexpr std::size_t most_qubits = 32;
  /// Of circuits that gates connect in parts of at most most_qubits, for shots.
  static constexpr std::size_t most_qubits_in_parts = 4096;

  explicit StatevectorBackend(Precision precision = Precision::complex128);
  ~StatevectorBackend() override;

  /// max_connected_qubits is what a state can have in the memory that was free at construction, max_exact_qubits what a
  /// gradient can.
  [[nodiscard]] const Capabilities& capabilities() const override;

  [[nodiscard]] Result<Distribution> probabilities(const Circuit& circuit, Theta theta) override;
  [[nodiscard]] Result<void> gradient(const Circuit& circuit, Theta theta, const EffectiveCost& cost,
                                      std::span<double> out) override;

  /// The final state from |0...0>, global phase included; entry k belongs to the string whose bit i is bit i of k.
  [[nodiscard]] Result<std::vector<std::complex<double>>> amplitudes(const Circuit& circuit, Theta theta);

  /// Shots of the final state.
  [[nodiscard]] Result<ShotRow> measure(const Circuit& circuit, Theta theta, std::uint64_t shots,
                                        const StreamKey& stream);
  /// The same, and the state itself as amplitudes() gives it, from one run. What was in `amplitudes` is lost; its
  /// memory serves again.
  [[nodiscard]] Result<ShotRow> measure(const Circuit& circuit, Theta theta, std::uint64_t shots,
                                        const StreamKey& stream, std::vector<std::complex<double>>& amplitudes);

 private:
  class Impl;
  /// Shots are reproducible from request.stream, and their number costs neither time nor memory beyond 2^N; but where
  /// it pays, the circuit's connected parts are measured one by one, in time and memory for every shot instead of 2^N.
  [[nodiscard]] Result<ShotTable> run(const SampleRequest& request) override;

  std::unique_ptr<Impl> impl_;
};

[[nodiscard]] std::unique_ptr<ExactBackend> make_statevector_backend(Precision precision = Precision::complex128);

}  // namespace bornite
