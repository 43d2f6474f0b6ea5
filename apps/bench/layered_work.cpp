#include "layered_work.hpp"

#include <cmath>

namespace bornite::bench {
namespace {

std::size_t amplitude_bytes(Precision precision) { return precision == Precision::complex128 ? 16 : 8; }

double vector_share(Precision precision) { return precision == Precision::complex128 ? 1.0 : 0.5; }

double amplitudes(std::size_t qubits) { return std::ldexp(1.0, static_cast<int>(qubits)); }

/// How often few passes read or write the state: the first layer is written; each further one is read and written, all
/// in one pass for brickwork, whose gates reach only a few qubits far.
double state_transfers(Entanglement entanglement, std::size_t layers) {
  const std::size_t further = entanglement == Entanglement::brickwork ? 1 : layers - 1;
  return 1 + 2 * static_cast<double>(further);
}

}  // namespace

Work state_work(std::size_t qubits, Precision precision) {
  const std::size_t data = amplitude_bytes(precision) << qubits;
  return {.data = data, .pass = 2 * static_cast<double>(data)};
}

Work forward_work(Entanglement entanglement, std::size_t qubits, std::size_t layers, Precision precision) {
  Work work = state_work(qubits, precision);
  work.multiply_adds = vector_share(precision) * 2 * static_cast<double>(qubits * (layers - 1)) * amplitudes(qubits);
  work.bytes = static_cast<double>(work.data) * state_transfers(entanglement, layers);
  return work;
}

Work gradient_work(Entanglement entanglement, std::size_t qubits, std::size_t layers, Precision precision) {
  Work work = forward_work(entanglement, qubits, layers, precision);
  work.multiply_adds += vector_share(precision) * 6 * static_cast<double>(qubits * layers) * amplitudes(qubits);
  work.bytes *= 3;
  work.data *= 2;
  return work;
}

std::string_view suffix(Precision precision) { return precision == Precision::complex128 ? "" : "64"; }

}  // namespace bornite::bench
