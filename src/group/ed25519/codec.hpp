// How elements of Ed25519 are decoded ahead (group/decode_ahead.hpp).
#pragma once

#include <algorithm>

#include "group/decode_ahead.hpp"
#include "group/ed25519/backend.hpp"

namespace folkmoot::group::ed25519 {

// 64 hexadecimal digits.
struct Codec {
  using Encoding = ed25519::Encoding;
  using Decoded = Point;
  static constexpr std::size_t most = std::size_t{1} << 14;

  static std::optional<Encoding> take(std::string_view& text) {
    constexpr std::size_t digits = 64;
    Encoding encoding;
    const bool ends = text.size() > digits && (text[digits] == '"' || text[digits] == ',');
    if (!ends || !from_hex(text.substr(0, digits), encoding)) return std::nullopt;
    text.remove_prefix(digits + 1);
    std::ranges::reverse(encoding);
    return encoding;
  }
  static std::vector<std::optional<Point>> decode(std::span<const Encoding> encodings) {
    return backend().uncompress(encodings, true);
  }
};

}  // namespace folkmoot::group::ed25519
