#include "secret/work.hpp"

#include <algorithm>
#include <atomic>
#include <thread>
#include <vector>

namespace folkmoot::secret {

Work Work::part(std::size_t before, std::size_t size, std::size_t all) const {
  Work part{threads, nullptr};
  if (progress) {
    part.progress = [report = progress, before, size, all](std::size_t done, std::size_t of) {
      report(before + (of == 0 ? size : size * done / of), all);
    };
  }
  return part;
}

void parallel_for(std::size_t count, const Work& work, const std::function<void(std::size_t)>& step) {
  const std::size_t threads = work.threads != 0 ? work.threads : std::max(1U, std::thread::hardware_concurrency());
  const std::size_t portion = std::clamp<std::size_t>(count / (64 * threads), 1, 64);
  std::atomic<std::size_t> next = 0;
  std::atomic<std::size_t> done = 0;
  const auto work_off = [&](bool report) {
    for (std::size_t first; (first = next.fetch_add(portion)) < count;) {
      const std::size_t last = std::min(count, first + portion);
      for (std::size_t i = first; i < last; ++i) step(i);
      const std::size_t now_done = done += last - first;
      if (report && work.progress) work.progress(now_done, count);
    }
  };
  {
    std::vector<std::jthread> helpers;
    for (std::size_t i = 1; i < std::min(threads, count); ++i) helpers.emplace_back(work_off, false);
    work_off(true);
  }
  if (work.progress) work.progress(count, count);
}

}  // namespace folkmoot::secret
