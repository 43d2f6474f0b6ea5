#pragma once
// Eight doubles that the compiler maps to the widest registers there are.

#include "layout.hpp"

#include <cstdint>

namespace bornite::statevector {

using Lanes = double __attribute__((vector_size(64), may_alias));
/// The same anywhere in memory.
using LooseLanes = double __attribute__((vector_size(64), may_alias, aligned(8)));
using LaneIndex = std::int64_t __attribute__((vector_size(64), may_alias));

/// `i` with a zero put in at `bit`.
[[nodiscard]] constexpr std::size_t insert_zero(std::size_t i, std::size_t bit) {
  return ((i >> bit) << (bit + 1)) | (i & ((std::size_t{1} << bit) - 1));
}

}  // namespace bornite::statevector
