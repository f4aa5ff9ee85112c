#include "base/utf8.hpp"

#include <simdjson.h>

#include <array>
#include <cstdint>

namespace folkmoot {
namespace {

// What Windows-1252 means by the bytes 0x80 to 0x9F; 0 is nothing. The other bytes are Unicode's first 256 characters.
constexpr std::array<char16_t, 32> windows_1252{0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
                                                0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0,      0x017D, 0,
                                                0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
                                                0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178};

unsigned code_at(std::string_view text, std::size_t at) { return static_cast<unsigned char>(text[at]); }

// A character of at most 16 bits.
void append_utf8(std::string& out, unsigned character) {
  if (character < 0x80) {
    out += static_cast<char>(character);
  } else if (character < 0x800) {
    out += static_cast<char>(0xC0 | character >> 6);
    out += static_cast<char>(0x80 | (character & 0x3F));
  } else {
    out += static_cast<char>(0xE0 | character >> 12);
    out += static_cast<char>(0x80 | (character >> 6 & 0x3F));
    out += static_cast<char>(0x80 | (character & 0x3F));
  }
}

// The number of bytes of the UTF-8 character with which `text`, not empty, begins; 0 if it begins with none.
std::size_t character_length(std::string_view text) {
  const unsigned first = code_at(text, 0);
  if (first < 0x80) return 1;
  const std::size_t length = first < 0xC0 ? 0 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
  return length > 0 && length <= text.size() && is_utf8(text.substr(0, length)) ? length : 0;
}

// Whether more characters outside ASCII are good UTF-8 than bytes are bad.
bool is_rather_utf8(std::string_view text) {
  std::size_t good = 0, bad = 0;
  while (!text.empty()) {
    const std::size_t length = character_length(text);
    good += length > 1 ? 1 : 0;
    bad += length == 0 ? 1 : 0;
    text.remove_prefix(length > 0 ? length : 1);
  }
  return good > bad;
}

std::string with_replacements(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const std::size_t length = character_length(text);
    out += length > 0 ? text.substr(0, length) : replacement_character;
    text.remove_prefix(length > 0 ? length : 1);
  }
  return out;
}

std::string from_windows_1252(std::string_view text) {
  std::string out;
  out.reserve(text.size() + text.size() / 16);
  for (std::size_t i = 0; i < text.size(); ++i) {
    const unsigned byte = code_at(text, i);
    const unsigned character = byte >= 0x80 && byte < 0xA0 ? windows_1252[byte - 0x80] : byte;
    if (character == 0 && byte != 0) {
      out += replacement_character;
    } else {
      append_utf8(out, character);
    }
  }
  return out;
}

}  // namespace

bool is_utf8(std::string_view text) { return simdjson::validate_utf8(text.data(), text.size()); }

std::string_view first_characters(std::string_view text, std::size_t count) {
  std::size_t end = 0;
  while (end < text.size() && ((text[end] & '\xC0') == '\x80' || count-- > 0)) ++end;
  return text.substr(0, end);
}

Result<std::string> decode_text(std::string bytes) {
  constexpr std::string_view utf8_mark = "\xEF\xBB\xBF", utf16_mark = "\xFF\xFE", utf16_big_mark = "\xFE\xFF";
  if (bytes.starts_with(utf16_mark) || bytes.starts_with(utf16_big_mark)) {
    return fail("the file is in UTF-16; save it as UTF-8");
  }
  const bool marked = bytes.starts_with(utf8_mark);
  if (marked) bytes.erase(0, utf8_mark.size());
  if (is_utf8(bytes)) return bytes;
  return marked || is_rather_utf8(bytes) ? with_replacements(bytes) : from_windows_1252(bytes);
}

}  // namespace folkmoot
