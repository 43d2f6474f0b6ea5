#pragma once
// Noise as sums over Kraus operators, all of them matrices on all qubits.

#include "dense.hpp"
#include "noise_program.hpp"

#include <vector>

namespace bornite::test {

using noisy::FaultKind;
using noisy::FaultPlace;
using noisy::NoiseProgram;

Eigen::MatrixXcd dense_pauli(std::size_t qubits, std::uint64_t x, std::uint64_t z);

/// The Kraus operators of what may happen at a place, the identity's share among them.
std::vector<Eigen::MatrixXcd> kraus_operators(const FaultPlace& place, std::size_t qubits);

/// The probability of each outcome; every qubit is measured, in order.
std::vector<double> dense_probabilities(const NoiseProgram& program, std::span<const double> theta);

}  // namespace bornite::test
