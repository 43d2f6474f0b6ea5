#if defined(__x86_64__)
#define BORNITE_LEVEL(name) avx2_##name
#define BORNITE_KERNEL __attribute__((target("arch=x86-64-v3")))
#define BORNITE_WIDTH 4
#define BORNITE_REGISTER_AXES 3
#include "kernel_tables.inl"
#endif
