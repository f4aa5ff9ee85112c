#include "count/format/cursor.hpp"

#include <simdjson.h>

#include <algorithm>

namespace folkmoot::count {

Failure Cursor::expected(std::string_view what) const {
  if (at_end()) return fail("line {}, column {}: expected {}, found the end of the file", line(), column(), what);
  std::string_view found = rest().substr(0, rest().find_first_of(" \t\r\n,"));
  if (found.empty()) found = peek() == '\n' || peek() == '\r' ? "the end of the line" : "a space";
  if (!is_printable(found)) found = "unprintable bytes";
  return fail("line {}, column {}: expected {}, found {}", line(), column(), what, found.substr(0, 40));
}

Failure Cursor::error(std::string_view message) const {
  return fail("line {}, column {}: {}", line(), column(), message);
}

bool is_printable(std::string_view text) {
  return simdjson::validate_utf8(text) &&
         std::ranges::none_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; });
}

std::string tidy(std::string_view name) {
  std::string text;
  for (const char c : name)
    if (c != ' ' || (!text.empty() && text.back() != ' ')) text += c;
  if (!text.empty() && text.back() == ' ') text.pop_back();
  return text;
}

}  // namespace folkmoot::count
