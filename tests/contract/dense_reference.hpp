#pragma once
// The outcome distribution of a small circuit by plain matrix products: the independent way to every number here.

#include "bornite/circuit/circuit.hpp"
#include "bornite/util/random.hpp"

#include <span>
#include <vector>

namespace bornite {

/// |U|0>|^2 with every gate written out as a matrix of 2^N x 2^N numbers.
std::vector<double> dense_probabilities(const Circuit& circuit, std::span<const double> theta);

/// A circuit of so many gates of all kinds, with up to two controls; parametric angles are affine and share parameters.
Circuit random_circuit(std::size_t qubits, std::size_t gates, std::size_t parameters, RandomStream& random);

std::vector<double> random_angles(std::size_t count, RandomStream& random);

}  // namespace bornite
