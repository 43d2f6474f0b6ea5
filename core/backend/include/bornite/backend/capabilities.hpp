#pragma once
// What a backend can take.

#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>

namespace bornite {

struct Capabilities {
  static constexpr std::uint64_t unlimited = std::numeric_limits<std::uint64_t>::max();

  std::string name;         ///< plugin name, e.g. "statevector"
  std::string device;       ///< device within the plugin; empty when there is only one
  std::string description;  ///< one line for people
  std::size_t max_qubits = 0;
  bool exact = false;                   ///< an ExactBackend: knows probabilities and gradients
  bool parametric_programs = true;      ///< takes one program with many rows; otherwise one bound program per row
  std::uint64_t max_rows = unlimited;   ///< rows of parameters in one job
  std::uint64_t max_shots = unlimited;  ///< shots per row
  std::uint64_t max_payload_bytes = unlimited;  ///< size of one submission
};

}  // namespace bornite
