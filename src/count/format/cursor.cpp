#include "count/format/cursor.hpp"

#include "base/utf8.hpp"

namespace folkmoot::count {
namespace {

// Is `text` UTF-8 without control characters (U+0000 to U+001F, U+007F to U+009F)?
bool is_printable(std::string_view text) {
  if (!is_utf8(text)) return false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    if (byte < 0x20 || byte == 0x7f) return false;
    if (byte == 0xc2 && static_cast<unsigned char>(text[i + 1]) < 0xa0) return false;
  }
  return true;
}

}  // namespace

std::size_t Cursor::line() const {
  return 1 + static_cast<std::size_t>(std::ranges::count(text_.substr(0, position_), '\n'));
}

std::size_t Cursor::column() const {
  const std::size_t end_of_last = text_.substr(0, position_).rfind('\n');
  return position_ - (end_of_last == std::string_view::npos ? 0 : end_of_last + 1) + 1;
}

Failure Cursor::expected(std::string_view what) const {
  if (at_end()) return fail("line {}, column {}: expected {}, found the end of the file", line(), column(), what);
  std::string_view found = rest().substr(0, rest().find_first_of(" \t\r\n,"));
  if (found.empty()) found = peek() == '\n' || peek() == '\r' ? "the end of the line" : "a space";
  if (!is_printable(found)) found = "unprintable bytes";
  return fail("line {}, column {}: expected {}, found {}", line(), column(), what, first_characters(found, 40));
}

Failure Cursor::error(std::string_view message) const {
  return fail("line {}, column {}: {}", line(), column(), message);
}

std::string tidy(std::string_view text) {
  std::string tidied;
  for (const char c : text)
    if (c != ' ' || (!tidied.empty() && tidied.back() != ' ')) tidied += c;
  if (!tidied.empty() && tidied.back() == ' ') tidied.pop_back();
  return tidied;
}

Result<std::string> read_name(std::string_view text) {
  std::string name = tidy(text);
  if (name.empty()) return fail("a name is missing");
  if (!is_printable(name)) return fail("a name must be UTF-8, without control characters");
  return name;
}

}  // namespace folkmoot::count
