// Decimal texts of secret numbers.
#pragma once

#include <sodium.h>

#include <array>
#include <cstdint>

#include "secret/text.hpp"

namespace folkmoot::secret {

// The decimal text of a number given in 32-bit digits, least significant first (they are used up). The time depends on
// the length of the text, which is no secret, and on nothing else.
template <std::size_t N>
SecretText decimal_text(std::array<std::uint32_t, N>& digits) {
  // Nine decimal digits a round: 10^9 is below 2^32, and division by a constant is a multiplication.
  constexpr std::uint32_t unit = 1'000'000'000;
  constexpr std::size_t rounds = (32 * N * 302 / 1000 + 9) / 9;  // log10(2) < 0.302
  std::array<char, 9 * rounds> text;
  for (std::size_t round = rounds; round-- > 0;) {
    std::uint64_t remainder = 0;
    for (std::size_t i = N; i-- > 0;) {
      remainder = remainder << 32 | digits[i];
      digits[i] = static_cast<std::uint32_t>(remainder / unit);
      remainder %= unit;
    }
    for (std::size_t i = 9; i-- > 0; remainder /= 10) text[9 * round + i] = static_cast<char>('0' + remainder % 10);
  }
  std::size_t first = 0;
  while (first < text.size() - 1 && text[first] == '0') ++first;
  SecretText result(std::string_view(text.data() + first, text.size() - first));
  sodium_memzero(text.data(), text.size());
  sodium_memzero(digits.data(), sizeof digits);
  return result;
}

}  // namespace folkmoot::secret
