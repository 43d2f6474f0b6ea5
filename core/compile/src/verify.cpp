#include "bornite/compile/verify.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numbers>

#include "bornite/util/random.hpp"
#include "small_simulator.hpp"

namespace bornite {
namespace {

constexpr double tolerance = 1e-12;
constexpr std::uint32_t rows = 3;

using State = std::vector<std::complex<double>>;

/// The qubits of the device that the circuit touches, measured ones first and in order: these become qubits 0, 1, ...
std::vector<Qubit> used_qubits(const NativeCircuit& circuit) {
  std::vector<Qubit> used = circuit.measured;
  for (const NativeGate& gate : circuit.gates)
    for (std::size_t i = 0; i < qubit_count(gate.kind); ++i)
      if (std::ranges::find(used, gate.qubits[i]) == used.end()) used.push_back(gate.qubits[i]);
  return used;
}

State run_original(const Circuit& circuit, std::span<const double> theta) {
  SmallState state(circuit.qubits());
  for (const Gate& gate : circuit.gates()) state.apply(gate, theta);
  return state.amplitudes();
}

State run_compiled(const NativeCircuit& circuit, const std::vector<Qubit>& used, std::span<const double> theta) {
  SmallState state(used.size());
  for (NativeGate gate : circuit.gates) {
    for (std::size_t i = 0; i < qubit_count(gate.kind); ++i)
      gate.qubits[i] = static_cast<Qubit>(std::ranges::find(used, gate.qubits[i]) - used.begin());
    for (const Gate& part : expand(gate)) state.apply(part, theta);
  }
  return state.amplitudes();
}

/// Largest difference of an amplitude, after the best global phase. Qubits that are not measured must be |0>.
double state_difference(const State& original, const State& compiled) {
  std::complex<double> overlap = 0;
  for (std::size_t i = 0; i < original.size(); ++i) overlap += std::conj(original[i]) * compiled[i];
  const std::complex<double> phase = std::abs(overlap) == 0 ? 1 : overlap / std::abs(overlap);
  double largest = 0;
  for (std::size_t i = 0; i < compiled.size(); ++i)
    largest = std::max(largest, std::abs(compiled[i] - (i < original.size() ? phase * original[i] : 0)));
  return largest;
}

double distribution_difference(const State& original, const State& compiled) {
  std::vector<double> difference(original.size());
  for (std::size_t i = 0; i < original.size(); ++i) difference[i] = -std::norm(original[i]);
  for (std::size_t i = 0; i < compiled.size(); ++i) difference[i % original.size()] += std::norm(compiled[i]);
  double largest = 0;
  for (const double d : difference) largest = std::max(largest, std::abs(d));
  return largest;
}

}  // namespace

std::string_view to_string(Verification verification) {
  switch (verification) {
    case Verification::checked: return "checked";
    case Verification::equal_states: return "equal states";
    case Verification::equal_distributions: return "equal distributions";
  }
  return "?";
}

Result<Verification> verify(const Circuit& circuit, const Compiled& compiled, const Target& target,
                            std::uint64_t seed) {
  if (compiled.circuit.measured.size() != circuit.qubits())
    return Error{ErrorKind::numeric, fmt::format("The compiled circuit measures {} qubits; the original has {}.",
                                                 compiled.circuit.measured.size(), circuit.qubits())};
  BORNITE_CHECK(check(compiled.circuit, target));
  const std::vector<Qubit> used = used_qubits(compiled.circuit);
  if (used.size() > most_verified_qubits) return Verification::checked;
  const bool distributions = compiled.simplifications.measured_at_the_end;
  for (std::uint32_t row = 0; row < rows; ++row) {
    RandomStream random({.seed = seed, .purpose = StreamPurpose::test, .row = row});
    std::vector<double> theta(std::max(circuit.parameters(), compiled.circuit.parameters()));
    for (double& angle : theta) angle = 2 * std::numbers::pi * random.uniform();
    const State original = run_original(circuit, theta), made = run_compiled(compiled.circuit, used, theta);
    const double difference =
        distributions ? distribution_difference(original, made) : state_difference(original, made);
    if (!(difference <= tolerance))
      return Error{ErrorKind::numeric,
                   fmt::format("The compiled circuit is not the original: {} differ by up to {:.3g}.",
                               distributions ? "probabilities" : "amplitudes", difference),
                   "This is a bug in the compiler; please report it with the circuit and the target."};
  }
  return distributions ? Verification::equal_distributions : Verification::equal_states;
}

}  // namespace bornite
