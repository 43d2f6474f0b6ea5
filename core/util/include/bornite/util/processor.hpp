#pragma once
// What the processor offers, and what of it is to be used.

#include "bornite/util/error.hpp"

#include <string_view>

namespace bornite {

/// The widest vectors that the processor has: "AVX-512", "AVX2" or "SSE2"; "portable" on other architectures.
[[nodiscard]] std::string_view instruction_set();

/// What hot loops are compiled for, all in one binary: any processor of the architecture, x86-64-v3, x86-64-v4.
enum class SimdLevel { baseline, avx2, avx512 };

/// The best level that this processor can run, or the one that `wanted` names: "avx512", "avx2" or "baseline". Null or
/// empty means the best. Errors: ErrorKind::configuration for other names, ::unsupported for a level that this
/// processor lacks. The messages speak of the environment variable BORNITE_SIMD, whose value `wanted` is.
[[nodiscard]] Result<SimdLevel> choose_simd_level(const char* wanted);

/// The level that BORNITE_SIMD asked for when this was first called; the best one if it asked for what cannot be, so
/// that code which cannot report errors goes on.
[[nodiscard]] SimdLevel simd_level();

}  // namespace bornite
