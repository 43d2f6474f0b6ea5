#define BORNITE_KERNEL_TABLE baseline_kernels
#define BORNITE_KERNEL
#include "kernel_table.inl"
