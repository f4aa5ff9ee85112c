// How much of what is random or slow a test does: less under sanitizers, which take ten times as long.
#pragma once

namespace folkmoot::tamper {

// How gcc tells, and how clang.
#if defined(__SANITIZE_ADDRESS__)
inline constexpr bool thorough = false;
#elif defined(__has_feature)
inline constexpr bool thorough = !__has_feature(address_sanitizer);
#else
inline constexpr bool thorough = true;
#endif

constexpr int trials(int all) { return thorough ? all : all / 20; }

}  // namespace folkmoot::tamper
