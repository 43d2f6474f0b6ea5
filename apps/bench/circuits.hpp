#pragma once
// The circuits that are run.

#include <cstddef>
#include <string_view>
#include <vector>

#include "bornite/circuit/circuit.hpp"

namespace bornite::bench {

enum class Entanglement { linear, ring, brickwork };
[[nodiscard]] std::string_view to_string(Entanglement entanglement);

/// `layers` times Ry and Rz on every qubit, each with a parameter of its own, and then CX gates: linear i -> i+1,
/// ring with N-1 -> 0 besides, brickwork on even pairs after odd layers and on odd pairs after even ones.
[[nodiscard]] Circuit layered_circuit(Entanglement entanglement, std::size_t qubits, std::size_t layers);

/// The quantum Fourier transform of a product state without symmetry.
[[nodiscard]] Circuit fourier_circuit(std::size_t qubits);
/// Rotations about random axes with random angles, and controlled ones, on random qubits: 10 per qubit.
[[nodiscard]] Circuit random_circuit(std::size_t qubits);
/// A product state without symmetry, and then Toffoli and CX gates on random ones, 10 per qubit.
[[nodiscard]] Circuit toffoli_circuit(std::size_t qubits);
/// Quantum search for one random string among all: `rounds` times the sign flip of the string and the reflection about
/// the uniform state, both by a Z with all other qubits as controls.
[[nodiscard]] Circuit search_circuit(std::size_t qubits, std::size_t rounds);

/// Angles uniform in [0, 2 pi), the same in every run.
[[nodiscard]] std::vector<double> random_angles(std::size_t count);
/// Numbers uniform in [0, 1), the same in every run.
[[nodiscard]] std::vector<double> random_numbers(std::size_t count);

}  // namespace bornite::bench
