#pragma once
// A circuit together with all that can go wrong in it.

#include "bornite/circuit/circuit.hpp"
#include "bornite/noisy/noisy_backend.hpp"

#include <cstdint>
#include <span>
#include <vector>

namespace bornite::noisy {

/// Bit q stands for qubit q.
using QubitSet = std::uint64_t;

[[nodiscard]] constexpr QubitSet qubit_set(std::size_t qubit) { return QubitSet{1} << qubit; }

/// The qubits that a gate needs.
[[nodiscard]] QubitSet members(const Gate& gate);

enum class FaultKind : std::uint8_t {
  pauli,       ///< a Pauli operator on the qubits, any but the identity, all equally likely
  relaxation,  ///< on one qubit: diag(1, kept) or jump |0><1|, as the state has it
};

/// Where something may go wrong: with a probability that does not depend on the state.
struct FaultPlace {
  FaultKind kind;
  std::size_t gates;  ///< of the circuit that come before it
  QubitSet qubits;
  double probability;
  double kept = 0;
  double jump = 0;
};

/// How a bit of an outcome is misread.
struct ReadoutError {
  double one_given_zero = 0;
  double zero_given_one = 0;
};

/// What a noisy device does with a circuit. Gates that change no probability, being diagonal with nothing but diagonal
/// gates behind them, are left out; their faults are not.
struct NoiseProgram {
  Circuit circuit;
  std::vector<FaultPlace> places;     ///< by ascending `gates`
  std::vector<Qubit> measured;        ///< bit i of an outcome is read from this qubit
  std::vector<ReadoutError> readout;  ///< of each bit
};

/// The noise of NoisyOptions.
[[nodiscard]] NoiseProgram depolarising_program(const Circuit& circuit, const NoisyOptions& options);

/// Leaves out the gates that no outcome can tell of.
[[nodiscard]] NoiseProgram without_last_phases(NoiseProgram program);

}  // namespace bornite::noisy
