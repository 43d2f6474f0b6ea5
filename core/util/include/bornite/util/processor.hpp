#pragma once
// What the processor offers.

#include <string_view>

namespace bornite {

/// The widest vectors that the processor has: "AVX-512", "AVX2" or "SSE2"; "portable" on other architectures.
[[nodiscard]] std::string_view instruction_set();

}  // namespace bornite
