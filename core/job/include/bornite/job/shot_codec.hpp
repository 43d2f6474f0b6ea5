#pragma once
// Shots as bytes: for storage, where a million strings of 156 bits must not be text.

#include "bornite/backend/shot_table.hpp"
#include "bornite/util/error.hpp"

#include <string>
#include <string_view>

namespace bornite {

/// All outcomes and counts, packed and compressed: at most about one byte per eight bits of each distinct string, and
/// one to ten for its count.
[[nodiscard]] std::string encode_shots(const ShotTable& table);

/// The inverse. Refuses (ErrorKind::input) bytes that encode_shots() did not make, e.g. damaged ones.
[[nodiscard]] Result<ShotTable> decode_shots(std::string_view bytes);

}  // namespace bornite
