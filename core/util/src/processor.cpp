#include "bornite/util/processor.hpp"

namespace bornite {

std::string_view instruction_set() {
#if defined(__x86_64__) && defined(__GNUC__)
  if (__builtin_cpu_supports("avx512f")) return "AVX-512";
  if (__builtin_cpu_supports("avx2")) return "AVX2";
  return "SSE2";
#else
  return "portable";
#endif
}

}  // namespace bornite
