// Ends what begin_ifma.hpp or begin_avx2.hpp began.
#if defined(__clang__)
#pragma clang attribute pop
#else
#pragma GCC pop_options
#endif
