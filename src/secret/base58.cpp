#include "secret/base58.hpp"

#include <sodium.h>

#include <array>
#include <vector>

namespace folkmoot::secret {
namespace {

// The digit of that value, found by reading all of them: which one it is does not show in the cache.
char digit_of(unsigned value) {
  unsigned digit = 0;
  for (unsigned i = 0; i < base58_digits.size(); ++i) {
    const unsigned mask = ((value ^ i) - 1) >> 8;  // all ones if the two are equal: both are below 256
    digit |= mask & static_cast<unsigned char>(base58_digits[i]);
  }
  return static_cast<char>(digit);
}

}  // namespace

SecretText random_base58(std::size_t size, Random& random) {
  std::vector<char> text;
  text.reserve(size);
  std::array<std::uint8_t, 32> bytes;
  while (text.size() < size) {
    random.fill(bytes);
    for (const unsigned byte : bytes) {
      // Of 256 values, 4·58 = 232 are taken, so that each digit has as many.
      if (byte < 4 * base58_digits.size() && text.size() < size) text.push_back(digit_of(byte % base58_digits.size()));
    }
  }
  SecretText result(std::string_view(text.data(), text.size()));
  sodium_memzero(text.data(), text.size());
  sodium_memzero(bytes.data(), bytes.size());
  return result;
}

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view white = " \t\r\n";
  const std::size_t first = text.find_first_not_of(white);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(white) - first + 1);
}

}  // namespace folkmoot::secret
