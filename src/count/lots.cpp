#include "count/lots.hpp"

#include <gmpxx.h>

#include <cassert>

#include "base/sha256.hpp"

namespace folkmoot::count {

DrawLot no_lots() {
  return [](const LotQuestion& question) -> Result<Lot> {
    std::string names;
    for (const std::string& name : question.names) names += (names.empty() ? "“" : ", “") + name + "”";
    return fail("a tie has to be decided by lot ({}): {}; give a seed or enter the lot drawn", question.purpose, names);
  };
}

DrawLot seeded_lots(std::string seed) {
  return [seed = std::move(seed), counter = std::uint64_t{0}](const LotQuestion& question) mutable -> Result<Lot> {
    const std::size_t n = question.names.size();
    assert(n > 0);
    mpz_class bound;
    mpz_ui_pow_ui(bound.get_mpz_t(), 2, 256);
    bound -= bound % n;
    while (true) {
      const std::string message = fmt::format("{},{}", seed, counter++);
      const mpz_class k(sha256_hex(message), 16);
      if (k >= bound) continue;
      const std::size_t index = mpz_class(k % n).get_ui();
      return Lot{index, fmt::format("lot: SHA-256 of “{}” modulo {} is {}", message, n, index)};
    }
  };
}

}  // namespace folkmoot::count
