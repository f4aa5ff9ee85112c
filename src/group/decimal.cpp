#include "group/decimal.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cassert>
#include <cstring>
#include <optional>

namespace folkmoot::group {
namespace {

__extension__ typedef unsigned __int128 Wide;
static_assert(std::endian::native == std::endian::little);

// The number of eight digits, all in one register: first the eight bytes are checked to be '0'..'9', then neighbours
// are joined to pairs, fours and the whole. The first digit is the lowest byte.
std::optional<std::uint64_t> read_eight(const char* digits) {
  std::uint64_t word;
  std::memcpy(&word, digits, 8);
  constexpr std::uint64_t ones = 0x0101010101010101;
  word ^= ones * 0x30;  // '0'..'9' become 0..9, anything else 10 or more
  if (((word + ones * 0x76) | word) & (ones * 0x80)) return std::nullopt;
  word = (word * 10 + (word >> 8)) & 0x00ff00ff00ff00ff;
  word = (word * 100 + (word >> 16)) & 0x0000ffff0000ffff;
  return (word * 10000 + (word >> 32)) & 0xffffffff;
}

// number·factor + term, of which what does not fit is returned.
std::uint64_t multiply_add(std::span<std::uint64_t> number, std::uint64_t factor, std::uint64_t term) {
  for (auto& limb : number) {
    const Wide product = Wide{limb} * factor + term;
    limb = static_cast<std::uint64_t>(product);
    term = static_cast<std::uint64_t>(product >> 64);
  }
  return term;
}

// Division by 10^19, the largest power of ten below 2^64, by multiplication with its reciprocal: Möller and Granlund,
// "Improved division by invariant integers" (2011), algorithm 4. The divisor's highest bit is set, as it must be.
constexpr std::uint64_t ten19 = 10'000'000'000'000'000'000u;
constexpr auto reciprocal = static_cast<std::uint64_t>(~Wide{0} / ten19);

// Divides high·2^64 + low, high < 10^19; the quotient replaces low, the remainder is returned.
std::uint64_t divide(std::uint64_t high, std::uint64_t& low) {
  const Wide estimate = Wide{reciprocal} * high + (Wide{high} << 64 | low);
  std::uint64_t quotient = static_cast<std::uint64_t>(estimate >> 64) + 1;
  std::uint64_t remainder = low - quotient * ten19;
  if (remainder > static_cast<std::uint64_t>(estimate)) {
    --quotient;
    remainder += ten19;
  }
  if (remainder >= ten19) {
    ++quotient;
    remainder -= ten19;
  }
  low = quotient;
  return remainder;
}

constexpr std::size_t chunk_digits = 19;

// The 19 digits of a number below 10^19, two at a time.
void write_chunk(std::uint64_t chunk, char* out) {
  static constexpr auto pairs = [] {
    std::array<char, 200> digits{};
    for (std::size_t i = 0; i < 100; ++i) {
      digits[2 * i] = static_cast<char>('0' + i / 10);
      digits[2 * i + 1] = static_cast<char>('0' + i % 10);
    }
    return digits;
  }();
  for (std::size_t i = chunk_digits; i > 1; i -= 2) {
    std::memcpy(out + i - 2, &pairs[2 * (chunk % 100)], 2);
    chunk /= 100;
  }
  out[0] = static_cast<char>('0' + chunk);
}

}  // namespace

bool read_decimal(std::string_view text, std::span<std::uint64_t> number) {
  std::ranges::fill(number, 0);
  if (text.empty() || (text[0] == '0' && text.size() > 1)) return false;
  // Sixteen digits at a time; the first time fewer, filled up with zeros.
  constexpr std::size_t step = 16;
  std::array<char, step> first;
  first.fill('0');
  const std::size_t odd = text.size() % step;
  std::ranges::copy(text.substr(0, odd), first.end() - static_cast<std::ptrdiff_t>(odd));
  const char* digits = odd ? first.data() : text.data();
  for (std::size_t at = odd ? odd : step;; at += step) {
    const auto high = read_eight(digits), low = read_eight(digits + 8);
    if (!high || !low || multiply_add(number, 10'000'000'000'000'000u, *high * 100'000'000 + *low) != 0) return false;
    if (at == text.size()) return true;
    digits = text.data() + at;
  }
}

void append_decimal(std::string& out, std::span<const std::uint64_t> number) {
  std::array<std::uint64_t, 32> rest;
  assert(number.size() <= rest.size());
  std::ranges::copy(number, rest.begin());
  std::size_t limbs = number.size();
  // From the lowest 19 digits upwards; 33 chunks hold 2^2048.
  std::array<char, 33 * chunk_digits> digits;
  std::size_t begin = digits.size();
  do {
    while (limbs > 0 && rest[limbs - 1] == 0) --limbs;
    std::uint64_t remainder = 0;
    for (std::size_t i = limbs; i-- > 0;) remainder = divide(remainder, rest[i]);
    begin -= chunk_digits;
    write_chunk(remainder, &digits[begin]);
    while (limbs > 0 && rest[limbs - 1] == 0) --limbs;
  } while (limbs > 0);
  while (digits[begin] == '0' && begin + 1 < digits.size()) ++begin;
  out.append(&digits[begin], digits.size() - begin);
}

}  // namespace folkmoot::group
