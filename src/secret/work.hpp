// Long computations: on how many threads, and whom to tell how far they are.
#pragma once

#include <cstddef>
#include <functional>

namespace folkmoot::secret {

struct Work {
  unsigned threads = 0;  // 0: one for each core
  // Called now and then, on the calling thread: how much is done, of how much in all.
  std::function<void(std::size_t done, std::size_t all)> progress;

  // The same for a part of the computation, of `size` out of `all`, which begins when `before` is done.
  [[nodiscard]] Work part(std::size_t before, std::size_t size, std::size_t all) const;
};

// Calls `step(i)` once for each i < count, from several threads at once; returns when all are done.
void parallel_for(std::size_t count, const Work& work, const std::function<void(std::size_t)>& step);

// The same, for who need not be told how far it is: a ForEach (base/for_each.hpp).
inline void on_all_threads(std::size_t count, const std::function<void(std::size_t)>& step) {
  parallel_for(count, {}, step);
}

}  // namespace folkmoot::secret
