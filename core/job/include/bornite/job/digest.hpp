#pragma once
// Names for requests that follow from their contents.

#include "bornite/backend/backend.hpp"

#include <string>

namespace bornite {

/// The same text for the same circuit, rows, shots and stream, whatever the program or machine, and another for any
/// other request: a version 5 UUID (122 bits of SHA-1).
[[nodiscard]] std::string digest(const SampleRequest& request);

/// A random UUID: a token that nobody else will choose.
[[nodiscard]] SubmissionToken fresh_token();

}  // namespace bornite
