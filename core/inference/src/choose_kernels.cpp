#include "bornite/util/processor.hpp"
#include "objective_kernels.hpp"
#include "pair_kernels.hpp"
#include "transform_kernels.hpp"

#if defined(__x86_64__)
#define BORNITE_CHOOSE(table)                      \
  switch (simd_level()) {                          \
    case SimdLevel::avx512: return avx512_##table; \
    case SimdLevel::avx2: return avx2_##table;     \
    default: return baseline_##table;              \
  }
#else
#define BORNITE_CHOOSE(table) return baseline_##table;
#endif

namespace bornite {

const TransformKernels& transform_kernels() { BORNITE_CHOOSE(transform_kernels) }

const PairKernels& pair_kernels() {
#if defined(__x86_64__)
  if (simd_level() == SimdLevel::avx512 && __builtin_cpu_supports("avx512vpopcntdq"))
    return avx512_popcount_pair_kernels;
#endif
  BORNITE_CHOOSE(pair_kernels)
}

const ObjectiveKernels& objective_kernels() { BORNITE_CHOOSE(objective_kernels) }

}  // namespace bornite
