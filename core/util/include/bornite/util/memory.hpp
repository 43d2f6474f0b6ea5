#pragma once
// How much memory there is.

#include <cstdint>

namespace bornite {

/// Bytes that this process may still take: what the system has available, or less if its control group allows less.
/// 0 if the system does not say.
[[nodiscard]] std::uint64_t free_memory();

}  // namespace bornite
