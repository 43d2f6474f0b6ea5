#include "kernels.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string_view>

namespace bornite::statevector {
namespace {

struct Choice {
  std::string_view name;
  const Kernels* kernels;
  bool (*supported)();
};

/// Best first.
constexpr std::array choices {
#if defined(__x86_64__)
  Choice{"avx512", &avx512_kernels,
         [] {
           return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
                  __builtin_cpu_supports("avx512cd") && __builtin_cpu_supports("avx512dq") &&
                  __builtin_cpu_supports("avx512vl");
         }},
      Choice{"avx2", &avx2_kernels,
             [] {
               return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") &&
                      __builtin_cpu_supports("bmi") && __builtin_cpu_supports("bmi2");
             }},
#endif
      Choice{"baseline", &baseline_kernels, [] { return true; }},
};

}  // namespace

Result<const Kernels*> choose_kernels(const char* wanted) {
  const std::string_view name = wanted == nullptr ? "" : wanted;
  if (name.empty()) return std::ranges::find_if(choices, [](const Choice& c) { return c.supported(); })->kernels;
  const auto choice = std::ranges::find(choices, name, &Choice::name);
  if (choice == choices.end())
    return Error{ErrorKind::configuration,
                 fmt::format("The environment variable BORNITE_SIMD is \"{}\", which names no instruction set.", name),
                 "Set it to avx512, avx2 or baseline, or unset it to use the best that this processor has."};
  if (!choice->supported())
    return Error{ErrorKind::unsupported,
                 fmt::format("The environment variable BORNITE_SIMD asks for {}, which this processor lacks.", name),
                 "Unset it to use the best that this processor has."};
  return choice->kernels;
}

}  // namespace bornite::statevector
