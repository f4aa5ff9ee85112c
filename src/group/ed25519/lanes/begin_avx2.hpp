// What is between this and lanes/end.hpp is compiled for processors with AVX2 (see begin_ifma.hpp).
#if defined(__clang__)
#pragma clang attribute push(__attribute__((target("avx2,bmi2"))), apply_to = function)
#else
#pragma GCC push_options
#pragma GCC target("avx2,bmi2")
#endif
