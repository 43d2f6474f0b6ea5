#pragma once
// Requests cut into pieces that fit into one job each, and their outcomes put together again.

#include "bornite/backend/backend.hpp"
#include "bornite/util/error.hpp"

#include <cstdint>
#include <span>
#include <vector>

namespace bornite {

/// Which of a request's rows and shots belong to one job.
struct RequestPart {
  std::size_t first_row = 0;
  std::size_t rows = 0;
  std::uint64_t first_shot = 0;  ///< of each of its rows
  std::uint64_t most_shots = 0;  ///< of each of its rows from there on; rows with fewer shots have what is left

  friend bool operator==(const RequestPart&, const RequestPart&) = default;
};

/// The part as a request of its own. Rows that are not cut draw from the streams that they would have in the whole.
[[nodiscard]] SampleRequest request_of(const SampleRequest& whole, const RequestPart& part);

/// A part, the request of its own that it is, and what its job would take.
struct PlannedPart {
  RequestPart part;
  SampleRequest request;
  JobForecast forecast;
};

/// As few parts as the backend's limits on rows, shots and payload allow, in the order of rows; every shot of every row
/// is in exactly one. Refuses a request that breaks a rule no cut can mend (too many qubits, a row too large).
[[nodiscard]] Result<std::vector<PlannedPart>> split(const SampleRequest& request, QuantumBackend& backend);

/// The outcomes of the whole from those of its parts, in the order of `parts`.
[[nodiscard]] Result<ShotTable> merge(std::span<const RequestPart> parts, std::span<const ShotTable> tables);

}  // namespace bornite
