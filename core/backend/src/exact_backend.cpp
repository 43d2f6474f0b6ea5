#include "bornite/backend/exact_backend.hpp"

#include <stdexcept>
#include <utility>

namespace bornite {

Distribution::Distribution(std::size_t qubits, std::vector<double> probabilities) : qubits_(qubits) {
  if (qubits >= 64 || probabilities.size() != std::size_t{1} << qubits)
    throw std::invalid_argument("a distribution over N qubits has 2^N probabilities");
  const auto owner = std::make_shared<const std::vector<double>>(std::move(probabilities));
  probabilities_ = {owner, owner->data()};
}

Distribution Distribution::shared(std::size_t qubits, std::shared_ptr<const double[]> probabilities) {
  Distribution result;
  result.qubits_ = qubits;
  result.probabilities_ = std::move(probabilities);
  return result;
}

}  // namespace bornite
