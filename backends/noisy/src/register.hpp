#pragma once
// The amplitudes of a few qubits, changed gate by gate.

#include "pauli.hpp"
#include "register_kernels.hpp"

#include "bornite/util/buffer.hpp"
#include "bornite/util/random.hpp"

#include <vector>

namespace bornite::noisy {

/// Amplitudes of 2^qubits basis states; they need not be normalised. Sets of qubits are those of the register. What
/// acts on one qubit is multiplied up, and done when something else needs the qubit.
class Register {
 public:
  /// Reads the amplitudes of some qubits from those of more: where the others have the values that `outside` says.
  void load(std::span<const Amplitude> amplitudes, QubitSet inside, QubitSet outside);

  void apply(const BoundGate& gate);
  void apply(const Pauli& pauli);
  /// Applies diag(1, kept) or jump |0><1| to one qubit, each with the probability that the state gives it.
  void relax(QubitSet qubit, double kept, double jump, RandomStream& random);

  /// The outcome of measuring all qubits.
  [[nodiscard]] std::size_t measure(RandomStream& random);

 private:
  /// A matrix that waits to be applied to a qubit.
  struct Waiting {
    bool waits = false;
    Matrix2 matrix{};
  };

  void put_off(std::size_t qubit, const Matrix2& matrix);
  /// Applies what waits on these qubits.
  void settle(QubitSet qubits);
  void apply_slowly(const BoundGate& gate);
  [[nodiscard]] Parts parts() { return {numbers_.data(), numbers_.data() + size_, size_}; }

  std::size_t size_ = 0;    // amplitudes, with those of qubits added to fill a vector, which are 0
  Buffer<double> numbers_;  // real parts, then imaginary ones
  std::vector<Waiting> waiting_;
  std::vector<double> sums_;
};

}  // namespace bornite::noisy
