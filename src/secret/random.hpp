// Where randomness comes from. There is one source, libsodium's; functions take it as a parameter so that who calls
// them can see that they are random, and so that a test can put a reproducible one in its place.
#pragma once

#include <cstdint>
#include <span>

namespace folkmoot::secret {

class Random {
 public:
  virtual ~Random() = default;

  // Fills `out` with independent uniform bytes.
  virtual void fill(std::span<std::uint8_t> out) = 0;

  // A uniform number below `n`, n ≥ 1 (by rejection: how often it draws says nothing about what it returns).
  std::uint64_t below(std::uint64_t n);

  // libsodium's generator, seeded by the operating system. May be used by several threads at once; those a test makes
  // need not.
  static Random& system();
};

}  // namespace folkmoot::secret
