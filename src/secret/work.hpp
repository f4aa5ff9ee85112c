// Long computations: on how many threads, and whom to tell how far they are.
#pragma once

#include <cstddef>
#include <functional>

namespace folkmoot::secret {

struct Work {
  unsigned threads = 0;                       // 0: one for each core
  std::function<void(std::size_t)> progress;  // called now and then, on the calling thread, with how many are done
};

// Calls `step(i)` once for each i < count, from several threads at once; returns when all are done.
void parallel_for(std::size_t count, const Work& work, const std::function<void(std::size_t)>& step);

}  // namespace folkmoot::secret
