// How much of what is random or slow a test does: less under sanitizers, which take ten times as long.
#pragma once

namespace folkmoot::tamper {

#ifdef __SANITIZE_ADDRESS__
inline constexpr bool thorough = false;
#else
inline constexpr bool thorough = true;
#endif

constexpr int trials(int all) { return thorough ? all : all / 20; }

}  // namespace folkmoot::tamper
