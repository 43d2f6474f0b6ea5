#pragma once
// What the layered circuits cost by the count of their arithmetic and of their passes over memory.

#include "benchmark_case.hpp"
#include "bornite/statevector/precision.hpp"
#include "circuits.hpp"

namespace bornite::bench {

/// Two multiply-adds per amplitude, qubit and layer after the first, which makes a product state. Those of floats count
/// half, as a vector does twice as many.
[[nodiscard]] Work forward_work(Entanglement entanglement, std::size_t qubits, std::size_t layers, Precision precision);

/// The forward run, and in every layer two multiply-adds for each of psi and lambda and two for the derivatives, with
/// psi and lambda read and written as often as the forward run does it with psi.
[[nodiscard]] Work gradient_work(Entanglement entanglement, std::size_t qubits, std::size_t layers,
                                 Precision precision);

/// Only the sizes, for circuits whose arithmetic is not counted.
[[nodiscard]] Work state_work(std::size_t qubits, Precision precision);

/// What is added to the name of a circuit: "64" in complex64.
[[nodiscard]] std::string_view suffix(Precision precision);

}  // namespace bornite::bench
