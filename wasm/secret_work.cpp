// secret/work.hpp without threads.
#include "secret/work.hpp"

namespace folkmoot::secret {

Work Work::part(std::size_t before, std::size_t size, std::size_t all) const {
  Work part{1, nullptr};
  if (progress) {
    part.progress = [report = progress, before, size, all](std::size_t done, std::size_t of) {
      report(before + (of == 0 ? size : size * done / of), all);
    };
  }
  return part;
}

void parallel_for(std::size_t count, const Work& work, const std::function<void(std::size_t)>& step) {
  constexpr std::size_t portion = 64;
  for (std::size_t i = 0; i < count; ++i) {
    step(i);
    if (work.progress && (i + 1) % portion == 0) work.progress(i + 1, count);
  }
  if (work.progress) work.progress(count, count);
}

}  // namespace folkmoot::secret
