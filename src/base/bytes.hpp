// Bytes and their two texts: hexadecimal and base64.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"

namespace folkmoot {

using Bytes = std::vector<std::uint8_t>;
using ByteView = std::span<const std::uint8_t>;

inline ByteView bytes_of(std::string_view text) {
  return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}
inline std::string_view text_of(ByteView bytes) { return {reinterpret_cast<const char*>(bytes.data()), bytes.size()}; }

// Lower-case hexadecimal, two digits a byte.
std::string to_hex(ByteView bytes);
// The reverse, into `out`; fails unless `text` is exactly 2·out.size() lower-case digits.
Status from_hex(std::string_view text, std::span<std::uint8_t> out);
// The reverse, for any even number of lower-case digits.
Result<Bytes> from_hex(std::string_view text);

// Base64 of RFC 4648 section 4 without padding, as Belenios writes hashes.
std::string to_base64(ByteView bytes);
// The reverse; refuses padding, other characters, and non-zero trailing bits.
Result<Bytes> from_base64(std::string_view text);

}  // namespace folkmoot
