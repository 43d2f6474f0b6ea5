#include "bornite/backend/exact_backend.hpp"

#include <stdexcept>

namespace bornite {

Distribution::Distribution(std::size_t qubits, std::vector<double> probabilities)
    : qubits_(qubits), probabilities_(std::move(probabilities)) {
  if (qubits >= 64 || probabilities_.size() != std::size_t{1} << qubits)
    throw std::invalid_argument("a distribution over N qubits has 2^N probabilities");
}

}  // namespace bornite
