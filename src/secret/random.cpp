#include "secret/random.hpp"

#include <sodium.h>

#include <cassert>
#include <cstdlib>

namespace folkmoot::secret {
namespace {

class SystemRandom final : public Random {
 public:
  SystemRandom() {
    if (sodium_init() < 0) std::abort();  // no source of randomness: nothing that follows could be secret
  }
  void fill(std::span<std::uint8_t> out) override {
    if (!out.empty()) randombytes_buf(out.data(), out.size());  // which takes no null pointer
  }
};

}  // namespace

Random& Random::system() {
  static SystemRandom random;
  return random;
}

std::uint64_t Random::below(std::uint64_t n) {
  assert(n >= 1);
  // 2^64 modulo n: the numbers below it would make the smallest remainders one more likely.
  const std::uint64_t rejected = -n % n;
  std::uint64_t number = 0;
  do {
    fill({reinterpret_cast<std::uint8_t*>(&number), sizeof number});
  } while (number < rejected);
  return number % n;
}

}  // namespace folkmoot::secret
