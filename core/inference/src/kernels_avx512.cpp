#if defined(__x86_64__)
#define BORNITE_LEVEL(name) avx512_##name
#define BORNITE_KERNEL __attribute__((target("arch=x86-64-v4")))
#define BORNITE_WIDTH 8
#define BORNITE_REGISTER_AXES 4
#include "kernel_tables.inl"
#endif
