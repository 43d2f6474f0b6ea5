#pragma once
// The amplitudes of a few qubits, changed gate by gate.

#include "bound_gate.hpp"
#include "pauli.hpp"

#include "bornite/util/random.hpp"

#include <vector>

namespace bornite::noisy {

/// Amplitudes of 2^qubits basis states; they need not be normalised. Sets of qubits are those of the register.
class Register {
 public:
  /// The register's own memory serves again. Its contents are undefined.
  void resize(std::size_t qubits) { amplitudes_.resize(std::size_t{1} << qubits); }
  [[nodiscard]] std::span<Amplitude> amplitudes() { return amplitudes_; }

  void apply(const BoundGate& gate);
  void apply(const Pauli& pauli);
  /// Applies diag(1, kept) or jump |0><1| to one qubit, each with the probability that the state gives it.
  void relax(QubitSet qubit, double kept, double jump, RandomStream& random);

  /// The outcome of measuring all qubits.
  [[nodiscard]] std::size_t measure(RandomStream& random) const;

 private:
  [[nodiscard]] double norm() const;

  std::vector<Amplitude> amplitudes_;
};

}  // namespace bornite::noisy
