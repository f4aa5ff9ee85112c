// How things are named in charters, acts and membership lists.
#pragma once

#include <algorithm>
#include <string_view>

namespace folkmoot::charter {

// Whether it is one: lower-case letters, digits and hyphens. Those of a charter are shorter than the ids made of them.
inline bool is_name(std::string_view text, std::size_t longest = 64) {
  const auto good = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'; };
  return !text.empty() && text.size() <= longest && std::ranges::all_of(text, good);
}
inline constexpr std::size_t longest_charter_name = 40;

}  // namespace folkmoot::charter
