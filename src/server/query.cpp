#include "server/query.hpp"

#include <algorithm>
#include <array>

#include "base/bytes.hpp"
#include "base/utf8.hpp"

namespace folkmoot::server {
namespace {

constexpr std::size_t longest = 4096;

Result<std::string> decode(std::string_view encoded) {
  std::string text;
  for (std::size_t i = 0; i < encoded.size(); ++i) {
    if (encoded[i] != '%') {
      text += encoded[i] == '+' ? ' ' : encoded[i];
      continue;
    }
    std::array<std::uint8_t, 1> byte{};
    std::string digits(encoded.substr(i + 1, 2));
    std::ranges::transform(digits, digits.begin(), [](char c) { return c >= 'A' && c <= 'F' ? c - 'A' + 'a' : c; });
    TRY(from_hex(digits, byte));
    text += static_cast<char>(byte[0]);
    i += 2;
  }
  if (text.size() > longest || !is_utf8(text) || text.find('\0') != std::string::npos) return fail("not a text");
  return text;
}

}  // namespace

Result<std::optional<std::string>> query_field(std::string_view query, std::string_view name) {
  while (!query.empty()) {
    const std::string_view field = query.substr(0, query.find('&'));
    if (field.starts_with(name) && (field.size() == name.size() || field[name.size()] == '=')) {
      std::string value = TRY(in(name, decode(field.substr(std::min(name.size() + 1, field.size())))));
      return std::optional(std::move(value));
    }
    query.remove_prefix(std::min(field.size() + 1, query.size()));
  }
  return std::optional<std::string>();
}

}  // namespace folkmoot::server
