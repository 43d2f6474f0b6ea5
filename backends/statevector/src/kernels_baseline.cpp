#define BORNITE_KERNEL_TABLE baseline_kernels
#define BORNITE_KERNEL
#define BORNITE_VECTOR_BYTES 16
#include "kernel_table.inl"
