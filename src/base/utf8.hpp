// Text from elsewhere, as UTF-8.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "base/result.hpp"

namespace folkmoot {

bool is_utf8(std::string_view text);

// The first characters of UTF-8 text, at most `count`.
std::string_view first_characters(std::string_view text, std::size_t count);

// U+FFFD, which decode_text puts where it could not read a character.
inline constexpr std::string_view replacement_character = "\xEF\xBF\xBD";

// The text of a file in UTF-8 or Windows-1252, as spreadsheets export them, without a byte order mark. Bytes that are
// not UTF-8 make it Windows-1252, unless most characters outside ASCII are good UTF-8: then it is damaged UTF-8, and
// reading it as Windows-1252 would spoil those too. Bytes that mean nothing become U+FFFD. Fails on UTF-16 and UTF-32,
// which it knows by their byte order mark.
Result<std::string> decode_text(std::string bytes);

}  // namespace folkmoot
