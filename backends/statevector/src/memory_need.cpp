#include "memory_need.hpp"

#include "bornite/statevector/statevector_backend.hpp"
#include "bornite/util/bitstring.hpp"
#include "bornite/util/memory.hpp"

#include <fmt/format.h>

#include <cmath>
#include <string>

namespace bornite::statevector {
namespace {

std::string size_text(std::uint64_t bytes) {
  const double mebibytes = static_cast<double>(bytes) / (1 << 20);
  return mebibytes < 1024 ? fmt::format("{:.1f} MiB", mebibytes) : fmt::format("{:.1f} GiB", mebibytes / 1024);
}

}  // namespace

std::uint64_t unit_bytes(Precision precision, Need need) {
  const std::uint64_t state = 2 * (precision == Precision::complex128 ? sizeof(double) : sizeof(float));
  switch (need) {
    case Need::state: return state;
    case Need::probabilities: return state + sizeof(double);
    case Need::amplitudes: return state + 2 * sizeof(double);
    case Need::gradient: return 2 * state + 2 * sizeof(double);
  }
  return 0;
}

Error too_large(std::size_t qubits, Precision precision, Need need) {
  const double gibibytes =
      std::ldexp(static_cast<double>(unit_bytes(precision, need)), static_cast<int>(qubits)) / (1 << 30);
  return {ErrorKind::resource,
          fmt::format("A circuit of {} qubits needs {:.4g} GiB of memory on the statevector backend; {} are free and "
                      "{} qubits are the most it takes.",
                      qubits, gibibytes, size_text(free_memory()), StatevectorBackend::most_qubits),
          "Use fewer qubits, or a backend that keeps no state."};
}

std::size_t most_qubits_in_memory(Precision precision, Need need) {
  const std::uint64_t memory = free_memory();
  std::size_t qubits = StatevectorBackend::most_qubits;
  while (qubits > 1 && (unit_bytes(precision, need) << qubits) > memory) --qubits;
  return qubits;
}

Result<void> check_shots_in_memory(std::size_t qubits, std::uint64_t shots) {
  const std::uint64_t bytes_per_shot = 2 * sizeof(std::uint64_t) * words_for_bits(qubits) + 2 * sizeof(std::uint64_t);
  if (shots <= free_memory() / bytes_per_shot) return {};
  return Error{ErrorKind::resource,
               fmt::format("{} shots of a circuit of {} qubits take more than the {} of memory that are free.", shots,
                           qubits, size_text(free_memory())),
               "Ask for fewer shots at a time."};
}

}  // namespace bornite::statevector
