#include "layered_work.hpp"

#include <cmath>

namespace bornite::bench {
namespace {

constexpr std::size_t amplitude_bytes = 16;

double amplitudes(std::size_t qubits) { return std::ldexp(1.0, static_cast<int>(qubits)); }

/// How often few passes read or write the state: the first layer is written; each further one is read and written, all
/// in one pass for brickwork, whose gates reach only a few qubits far.
double state_transfers(Entanglement entanglement, std::size_t layers) {
  const std::size_t further = entanglement == Entanglement::brickwork ? 1 : layers - 1;
  return 1 + 2 * static_cast<double>(further);
}

}  // namespace

Work state_work(std::size_t qubits) {
  return {.data = amplitude_bytes << qubits, .pass = 2 * amplitude_bytes * amplitudes(qubits)};
}

Work forward_work(Entanglement entanglement, std::size_t qubits, std::size_t layers) {
  Work work = state_work(qubits);
  work.multiply_adds = 2 * static_cast<double>(qubits * (layers - 1)) * amplitudes(qubits);
  work.bytes = amplitude_bytes * amplitudes(qubits) * state_transfers(entanglement, layers);
  return work;
}

Work gradient_work(Entanglement entanglement, std::size_t qubits, std::size_t layers) {
  Work work = forward_work(entanglement, qubits, layers);
  work.multiply_adds += 6 * static_cast<double>(qubits * layers) * amplitudes(qubits);
  work.bytes *= 3;
  work.data *= 2;
  return work;
}

}  // namespace bornite::bench
