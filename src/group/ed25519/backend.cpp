#include "group/ed25519/backend.hpp"

#include <algorithm>
#include <cstdlib>

namespace folkmoot::group::ed25519 {
namespace {

std::vector<const Backend*> supported() {
  std::vector<const Backend*> found;
#if defined(__x86_64__)
  if (__builtin_cpu_supports("avx512ifma") && __builtin_cpu_supports("avx512vl") &&
      __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("bmi2"))
    found.push_back(&ifma_backend);
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi2")) found.push_back(&avx2_backend);
#endif
  found.push_back(&portable_backend);
  return found;
}

// Where there is one backend, nothing is asked: a browser's module has no environment.
const Backend& chosen() {
#if defined(__x86_64__)
  const char* wanted = std::getenv("FOLKMOOT_ED25519");
  const auto all = backends();
  const auto named =
      std::ranges::find_if(all, [&](const Backend* b) { return wanted != nullptr && b->name == wanted; });
  return named != all.end() ? **named : *all.front();
#else
  return portable_backend;
#endif
}

}  // namespace

std::span<const Backend* const> backends() {
  static const std::vector<const Backend*> found = supported();
  return found;
}

const Backend& backend() {
  static const Backend& in_use = chosen();
  return in_use;
}

}  // namespace folkmoot::group::ed25519
