#if defined(__x86_64__)
#define BORNITE_KERNEL_TABLE avx2_kernels
#define BORNITE_KERNEL __attribute__((target("arch=x86-64-v3")))
#define BORNITE_VECTOR_BYTES 32
#include "kernel_table.inl"
#endif
