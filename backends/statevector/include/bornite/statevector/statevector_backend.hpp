#pragma once
// The local simulator: exact probabilities, adjoint gradients and shots from all 2^N amplitudes in double precision.

#include "bornite/backend/exact_backend.hpp"

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
/// Errors: ErrorKind::resource for more qubits than memory holds, ::input for parameters that are too few, too many or
/// not finite, ::numeric for an effective cost with entries that are not finite, ::configuration or ::unsupported for a
/// BORNITE_SIMD that names no instruction set or one that the processor lacks. What an effective cost throws passes
/// through.
class StatevectorBackend : public ExactBackend {
 public:
  /// States of more qubits are refused whatever the memory: 64 GiB at 32 qubits.
  static constexpr std::size_t most_qubits = 32;

  StatevectorBackend();
  ~StatevectorBackend() override;

  /// max_qubits is what a gradient can have in the memory that was free at construction.
  [[nodiscard]] const Capabilities& capabilities() const override;

  /// Runs all rows now; the job is done when this returns. Shots are reproducible from request.stream, and their
  /// number costs neither time nor memory beyond 2^N.
  [[nodiscard]] Result<JobId> submit(const SampleRequest& request, const SubmissionToken& token) override;
  [[nodiscard]] Result<JobStatus> poll(const JobId& job) override;
  [[nodiscard]] Result<ShotTable> fetch(const JobId& job) override;
  [[nodiscard]] Result<void> cancel(const JobId& job) override;
  void forget(const JobId& job) override;

  [[nodiscard]] Result<Distribution> probabilities(const Circuit& circuit, Theta theta) override;
  [[nodiscard]] Result<void> gradient(const Circuit& circuit, Theta theta, const EffectiveCost& cost,
                                      std::span<double> out) override;

  /// The final state from |0...0>, global phase included; entry k belongs to the string whose bit i is bit i of k.
  [[nodiscard]] Result<std::vector<std::complex<double>>> amplitudes(const Circuit& circuit, Theta theta);

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

[[nodiscard]] std::unique_ptr<ExactBackend> make_statevector_backend();

}  // namespace bornite
