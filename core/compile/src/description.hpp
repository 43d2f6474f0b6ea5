#pragma once
// Descriptions of devices as JSON.

#include "bornite/compile/target_file.hpp"
#include "bornite/util/json_value.hpp"

namespace bornite {

/// Every error names the source and the key.
[[nodiscard]] Result<JsonValue> read_description(const SourceText& text);

}  // namespace bornite
