#pragma once
// Random circuits with much noise of every kind.

#include "noise_program.hpp"
#include "random_circuit.hpp"

#include <algorithm>

namespace bornite::test {

using noisy::FaultKind;
using noisy::FaultPlace;
using noisy::NoiseProgram;

/// Any gates with up to two controls, depolarisation after each, misreadings of every bit, and, if asked for,
/// relaxation at some places.
inline NoiseProgram random_program(std::size_t qubits, std::size_t gates, std::uint64_t seed, double f,
                                   bool relaxation = false) {
  const Circuit circuit = random_circuit(qubits, gates, seed, 2);
  NoiseProgram program = noisy::depolarising_program(circuit, {.f = f});
  RandomStream random({.seed = seed, .purpose = StreamPurpose::test, .row = 2});
  for (noisy::ReadoutError& bit : program.readout) bit = {0.1 * random.uniform(), 0.2 * random.uniform()};
  if (!relaxation) return program;
  for (std::size_t g = 0; g <= circuit.gates().size(); g += 3) {
    const double jump = random.uniform();
    const double kept = std::sqrt(1 - jump * jump) * (random.uniform() < 0.3 ? -1 : 1);
    program.places.push_back(
        {FaultKind::relaxation, g, noisy::qubit_set(below(random, qubits)), 0.3 * random.uniform(), kept, jump});
  }
  std::ranges::stable_sort(program.places, {}, &FaultPlace::gates);
  return program;
}

}  // namespace bornite::test
