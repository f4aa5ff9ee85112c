// What is between this and lanes/end.hpp is compiled for processors with AVX-512 and its 52-bit multiplications, the
// rest of the program is not. Headers that others share (the standard library's above all) are included before: a
// linker keeps one copy of an inline function, and it must be one that runs everywhere. Included more than once.
#if defined(__clang__)
#pragma clang attribute push(__attribute__((target("avx512f,avx512ifma,avx512vl,avx512dq,avx512bw,bmi2"))), \
                             apply_to = function)
#else
// g++ 12 warns of the intrinsics' own undefined operands, which they do not use.
#pragma GCC diagnostic ignored "-Wuninitialized"
#pragma GCC push_options
#pragma GCC target("avx512f,avx512ifma,avx512vl,avx512dq,avx512bw,bmi2")
#endif
