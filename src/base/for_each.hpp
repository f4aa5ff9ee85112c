// Work that may be divided among threads, for who does not care how.
#pragma once

#include <cstddef>
#include <functional>

namespace folkmoot {

// Calls `step(i)` once for each i < count, on any threads, and returns when all are done.
using ForEach = std::function<void(std::size_t count, const std::function<void(std::size_t)>& step)>;

// On this thread.
inline void one_by_one(std::size_t count, const std::function<void(std::size_t)>& step) {
  for (std::size_t i = 0; i < count; ++i) step(i);
}

}  // namespace folkmoot
