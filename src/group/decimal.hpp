// Long natural numbers and their decimal text.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace folkmoot::group {

// Reads a canonical decimal text (digits only, no leading zero) into limbs, least significant first. False if the text
// is not one, or the number does not fit.
bool read_decimal(std::string_view text, std::span<std::uint64_t> number);

// Appends the canonical decimal text of a number of at most 32 limbs.
void append_decimal(std::string& out, std::span<const std::uint64_t> number);

}  // namespace folkmoot::group
