#pragma once
// Runs programs and says what was measured, in the plain form from which dialects print theirs.

#include "bornite/circuit/circuit.hpp"
#include "bornite/emulator/dialect.hpp"
#include "bornite/qasm/reader.hpp"
#include "bornite/util/error.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace bornite::emulator {

/// A circuit and which qubits are measured; outcome bit i is read from measured[i].
struct Program {
  Circuit circuit{1};
  std::vector<Qubit> measured{};
};

/// What was measured: distinct strings of '0' and '1', bit 0 first, with counts or probabilities.
struct Outcome {
  std::size_t bits = 0;
  std::vector<std::string> texts{};
  std::vector<double> weights{};
};

/// Programs in which gates connect more qubits are not run.
inline constexpr std::size_t most_simulated_qubits = 24;

/// All qubits of a program that measures none; otherwise those that it measures, in the order of their classical bits.
[[nodiscard]] Program measured_program(const QasmProgram& program);

/// Counts for each row of parameters. The same for the same seed. Parameters past those of the circuit are ignored.
[[nodiscard]] Result<std::vector<Outcome>> sample_rows(const Program& program,
                                                       const std::vector<std::vector<double>>& rows,
                                                       std::uint64_t shots, std::uint64_t seed);
/// The probabilities of all outcomes that are more likely than 1e-12, of a program without parameters.
[[nodiscard]] Result<Outcome> exact_outcome(const Program& program);

/// Counts divided by their sum.
[[nodiscard]] Outcome as_probabilities(Outcome outcome);
/// Old bit i at places[i] of a string of `bits`; the other bits are 0. The places are distinct.
[[nodiscard]] Outcome rearranged(const Outcome& outcome, std::span<const std::size_t> places, std::size_t bits);
[[nodiscard]] Outcome distorted(Outcome outcome, Distortion distortion);

/// A seed that depends on the job alone.
[[nodiscard]] std::uint64_t seed_of(std::string_view job_id);

}  // namespace bornite::emulator
