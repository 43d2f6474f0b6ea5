#pragma once
// How much memory a call takes, and what is said where there is less.

#include "bornite/statevector/precision.hpp"
#include "bornite/util/error.hpp"

#include <cstddef>
#include <cstdint>

namespace bornite::statevector {

/// What a call holds at most.
enum class Need { state, probabilities, amplitudes, gradient };

/// Bytes per amplitude.
[[nodiscard]] std::uint64_t unit_bytes(Precision precision, Need need);
/// Connected qubits that the memory has room for that is free now; at most StatevectorBackend::most_qubits.
[[nodiscard]] std::size_t most_qubits_in_memory(Precision precision, Need need);

/// ErrorKind::resource, with the bytes.
[[nodiscard]] Error too_large(std::size_t qubits, Precision precision, Need need);
/// Shots that are put together of parts are held one by one. ErrorKind::resource where there is no room for them.
[[nodiscard]] Result<void> check_shots_in_memory(std::size_t qubits, std::uint64_t shots);

}  // namespace bornite::statevector
