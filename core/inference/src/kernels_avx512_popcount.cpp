#if defined(__x86_64__)
#define BORNITE_KERNEL __attribute__((target("arch=x86-64-v4,avx512vpopcntdq")))
#define BORNITE_WIDTH 8
#define BORNITE_VECTOR_POPCOUNT
#include "kernel_attributes.inl"
#include "pair_kernels.hpp"
#include "vectors.inl"
//
#include "ones.inl"
#include "pair_kernels.inl"

namespace bornite {

const PairKernels avx512_popcount_pair_kernels{.add_sums = add_pair_sums};

}  // namespace bornite
#endif
