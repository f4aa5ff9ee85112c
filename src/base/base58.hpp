// Base58: the digits of a uuid, of a voter's credential and of a trustee's seed (specification, section 4.2).
#pragma once

#include <string_view>

namespace folkmoot {

// Without 0, O, I and l, which people confuse.
inline constexpr std::string_view base58_digits = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
static_assert(base58_digits.size() == 58);

constexpr bool is_base58(std::string_view text) {
  return text.find_first_not_of(base58_digits) == std::string_view::npos;
}

}  // namespace folkmoot
