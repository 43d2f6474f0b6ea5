#include "bornite/util/processor.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdlib>

namespace bornite {
namespace {

struct Level {
  std::string_view name;
  SimdLevel level;
  bool (*supported)();
};

/// Best first.
constexpr std::array levels {
#if defined(__x86_64__)
  Level{"avx512", SimdLevel::avx512,
        [] {
          return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
                 __builtin_cpu_supports("avx512cd") && __builtin_cpu_supports("avx512dq") &&
                 __builtin_cpu_supports("avx512vl");
        }},
      Level{"avx2", SimdLevel::avx2,
            [] {
              return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") && __builtin_cpu_supports("bmi") &&
                     __builtin_cpu_supports("bmi2");
            }},
#endif
      Level{"baseline", SimdLevel::baseline, [] { return true; }},
};

}  // namespace

std::string_view instruction_set() {
#if defined(__x86_64__) && defined(__GNUC__)
  if (__builtin_cpu_supports("avx512f")) return "AVX-512";
  if (__builtin_cpu_supports("avx2")) return "AVX2";
  return "SSE2";
#else
  return "portable";
#endif
}

Result<SimdLevel> choose_simd_level(const char* wanted) {
  const std::string_view name = wanted == nullptr ? "" : wanted;
  if (name.empty()) return std::ranges::find_if(levels, [](const Level& l) { return l.supported(); })->level;
  const auto level = std::ranges::find(levels, name, &Level::name);
  if (level == levels.end())
    return Error{ErrorKind::configuration,
                 fmt::format("The environment variable BORNITE_SIMD is \"{}\", which names no instruction set.", name),
                 "Set it to avx512, avx2 or baseline, or unset it to use the best that this processor has."};
  if (!level->supported())
    return Error{ErrorKind::unsupported,
                 fmt::format("The environment variable BORNITE_SIMD asks for {}, which this processor lacks.", name),
                 "Unset it to use the best that this processor has."};
  return level->level;
}

SimdLevel simd_level() {
  static const SimdLevel level = [] {
    const Result<SimdLevel> wanted = choose_simd_level(std::getenv("BORNITE_SIMD"));
    return wanted ? *wanted : choose_simd_level(nullptr).value();
  }();
  return level;
}

}  // namespace bornite
