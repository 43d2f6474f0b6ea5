// What kernels, and the functions and lambdas (after their parameters) that they call, are declared with: all are
// compiled for the instruction set of BORNITE_KERNEL, and those called are merged into the kernels.

#define BORNITE_MERGED BORNITE_KERNEL __attribute__((always_inline))
#define BORNITE_INLINE inline BORNITE_MERGED
