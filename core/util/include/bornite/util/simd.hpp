#pragma once
// Hot loops are compiled for several instruction sets in one binary; the loader picks the best at start-up.

/// Put before a plain function (not a template) whose loops the compiler should vectorise for AVX-512, AVX2 and the
/// baseline. Everything it calls in its loops must be inlined into it. Off under sanitizers, whose run-time starts too
/// late for the selection. BORNITE_ONLY_AVX2 and BORNITE_ONLY_BASELINE leave one of them, so that it can be tested where
/// the loader would pick a better one.
#if defined(BORNITE_ONLY_AVX2)
#define BORNITE_MULTIVERSION __attribute__((target("arch=x86-64-v3")))
#elif defined(BORNITE_ONLY_BASELINE)
#define BORNITE_MULTIVERSION
#elif defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__) && !defined(__SANITIZE_ADDRESS__) && \
    !defined(__SANITIZE_THREAD__)
#define BORNITE_MULTIVERSION __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")))
#else
#define BORNITE_MULTIVERSION
#endif
