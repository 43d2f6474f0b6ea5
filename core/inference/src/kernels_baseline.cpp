#define BORNITE_LEVEL(name) baseline_##name
#define BORNITE_KERNEL
#define BORNITE_WIDTH 2
#define BORNITE_REGISTER_AXES 3
#include "kernel_tables.inl"
