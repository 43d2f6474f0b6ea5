#include "bornite/util/processor.hpp"
#include "kernels.hpp"

namespace bornite::statevector {

Result<const Kernels*> choose_kernels(const char* wanted) {
  BORNITE_TRY(const SimdLevel level, choose_simd_level(wanted));
  switch (level) {
#if defined(__x86_64__)
    case SimdLevel::avx512: return &avx512_kernels;
    case SimdLevel::avx2: return &avx2_kernels;
#endif
    default: return &baseline_kernels;
  }
}

}  // namespace bornite::statevector
