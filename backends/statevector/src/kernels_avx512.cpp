#if defined(__x86_64__)
#define BORNITE_KERNEL_TABLE avx512_kernels
#define BORNITE_KERNEL __attribute__((target("arch=x86-64-v4")))
#define BORNITE_VECTOR_BYTES 64
#include "kernel_table.inl"
#endif
