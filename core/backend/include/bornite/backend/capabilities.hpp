#pragma once
// What a backend can take.

#include <chrono>
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
  /// That gates connect with one another, directly or through others, where shots are asked for.
  std::size_t max_connected_qubits = std::numeric_limits<std::size_t>::max();
  /// Of circuits whose probabilities and gradients are asked for, in an ExactBackend.
  std::size_t max_exact_qubits = std::numeric_limits<std::size_t>::max();
  std::uint64_t bytes_per_amplitude = 0;  ///< of the 2^n that a simulator of n connected qubits holds; else 0
  bool exact = false;                     ///< an ExactBackend: knows probabilities and gradients
  bool parametric_programs = true;        ///< takes one program with many rows; otherwise one bound program per row
  std::uint64_t max_rows = unlimited;     ///< rows of parameters in one job
  std::uint64_t max_shots = unlimited;    ///< shots per row
  std::uint64_t max_payload_bytes = unlimited;   ///< size of one submission
  std::uint64_t max_total_shots = unlimited;     ///< shots of all rows of one job
  bool uniform_shots = false;                    ///< whether all rows of a job must have the same number of shots
  std::uint64_t max_jobs_in_flight = unlimited;  ///< not finished at the same time
  std::uint64_t submissions_per_minute = unlimited;

  bool remote = false;  ///< whether jobs run elsewhere and outlive this program
  /// Whether the provider itself makes one job of two submissions with the same token.
  bool submits_once = false;
  /// How long after a submission find() may still miss it. In seconds.
  std::chrono::seconds lookup_delay{0};
};

}  // namespace bornite
