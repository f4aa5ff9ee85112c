#include "base/bytes.hpp"

namespace folkmoot {
namespace {

constexpr std::string_view hex_digits = "0123456789abcdef";
constexpr std::string_view base64_digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

// -1 for what is not a lower-case hexadecimal digit.
int hex_value(char c) {
  static constexpr auto values = [] {
    std::array<std::int8_t, 256> of{};
    of.fill(-1);
    for (std::size_t i = 0; i < hex_digits.size(); ++i)
      of[static_cast<unsigned char>(hex_digits[i])] = static_cast<std::int8_t>(i);
    return of;
  }();
  return values[static_cast<unsigned char>(c)];
}

}  // namespace

std::string to_hex(ByteView bytes) {
  std::string text(2 * bytes.size(), '0');
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    text[2 * i] = hex_digits[bytes[i] >> 4];
    text[2 * i + 1] = hex_digits[bytes[i] & 15];
  }
  return text;
}

Status from_hex(std::string_view text, std::span<std::uint8_t> out) {
  if (text.size() != 2 * out.size()) {
    return fail("expected {} hexadecimal digits, found {} characters", 2 * out.size(), text.size());
  }
  for (std::size_t i = 0; i < out.size(); ++i) {
    const int high = hex_value(text[2 * i]);
    const int low = hex_value(text[2 * i + 1]);
    if (high < 0 || low < 0)
      return fail("character {} is not a lower-case hexadecimal digit", 2 * i + (high < 0 ? 1 : 2));
    out[i] = static_cast<std::uint8_t>(16 * high + low);
  }
  return {};
}

Result<Bytes> from_hex(std::string_view text) {
  if (text.size() % 2 != 0) return fail("an odd number of hexadecimal digits");
  Bytes bytes(text.size() / 2);
  TRY(from_hex(text, std::span(bytes)));
  return bytes;
}

std::string to_base64(ByteView bytes) {
  std::string text;
  text.reserve((4 * bytes.size() + 2) / 3);
  std::uint32_t bits = 0;
  int count = 0;
  for (const std::uint8_t byte : bytes) {
    bits = bits << 8 | byte;
    for (count += 8; count >= 6; count -= 6) text += base64_digits[bits >> (count - 6) & 63];
  }
  if (count > 0) text += base64_digits[bits << (6 - count) & 63];
  return text;
}

Result<Bytes> from_base64(std::string_view text) {
  if (text.size() % 4 == 1) return fail("{} characters cannot be base64", text.size());
  Bytes bytes;
  bytes.reserve(3 * text.size() / 4);
  std::uint32_t bits = 0;
  int count = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto digit = base64_digits.find(text[i]);
    if (digit == std::string_view::npos) return fail("character {} is not a base64 digit", i + 1);
    bits = bits << 6 | static_cast<std::uint32_t>(digit);
    if ((count += 6) >= 8) bytes.push_back(static_cast<std::uint8_t>(bits >> (count -= 8)));
  }
  if ((bits & ((1U << count) - 1)) != 0) return fail("the last base64 digit has excess bits");
  return bytes;
}

}  // namespace folkmoot
