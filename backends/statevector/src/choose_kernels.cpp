#include "bornite/util/processor.hpp"
#include "kernels.hpp"

namespace bornite::statevector {
namespace {

const KernelTables& tables_of(SimdLevel level) {
  switch (level) {
#if defined(__x86_64__)
    case SimdLevel::avx512: return avx512_kernels;
    case SimdLevel::avx2: return avx2_kernels;
#endif
    default: return baseline_kernels;
  }
}

}  // namespace

Result<const Kernels*> choose_kernels(const char* wanted, Precision precision) {
  BORNITE_TRY(const SimdLevel level, choose_simd_level(wanted));
  const KernelTables& tables = tables_of(level);
  return precision == Precision::complex128 ? &tables.complex128 : &tables.complex64;
}

}  // namespace bornite::statevector
