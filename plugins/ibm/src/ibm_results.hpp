#pragma once
// How the rows of a request lie in a sampler job's pubs, and its results in their rows.

#include "bornite/backend/backend.hpp"
#include "bornite/util/json_value.hpp"

#include <cstddef>
#include <string>
#include <vector>

namespace bornite {

/// Consecutive rows that share a pub, in order: as many as have the same number of shots. A circuit without parameters
/// has a pub for each row, because a pub without parameters is one row.
[[nodiscard]] std::vector<std::size_t> pub_rows(const JobShape& shape, bool parametric);

/// The outcomes in a sampler job's results. `parametric` says which way the pubs were made.
[[nodiscard]] Result<ShotTable> read_ibm_results(const JsonValue& results, const JobShape& shape, bool parametric);

}  // namespace bornite
