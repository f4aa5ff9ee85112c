// The tar of the original tools (specification, section 4.4: "an old-style tar archive"): a block of 512 bytes that
// gives name, size and time, then the content, filled up with zeros to whole blocks. No end-of-archive blocks follow.
//
// Every other field is fixed, so a header that is not exactly what header_block writes is refused: the bytes of a valid
// archive follow from its contents alone.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.hpp"

namespace folkmoot::record::tar {

inline constexpr std::uint64_t block_size = 512;
// What the eleven octal digits of a size or time can say.
inline constexpr std::uint64_t greatest_number = (std::uint64_t{1} << 33) - 1;
// A name is shorter than its field, and ends with a zero byte.
inline constexpr std::size_t longest_name = 99;

using Block = std::array<char, block_size>;

struct Header {
  std::string name;        // 1..longest_name bytes, none of them zero
  std::uint64_t size = 0;  // of the content in bytes, up to greatest_number
  std::uint64_t time = 0;  // in seconds since 1970, up to greatest_number
  friend bool operator==(const Header&, const Header&) = default;
};

// The header's block. The caller has checked the ranges.
Block header_block(const Header& header);

// The reverse; fails unless `block` is what header_block makes of what it says.
Result<Header> read_header(const Block& block);

// The zero bytes that follow a content of `size` bytes.
constexpr std::uint64_t padding(std::uint64_t size) { return (block_size - size % block_size) % block_size; }

// The bytes that an entry takes: header, content and padding.
constexpr std::uint64_t entry_size(std::uint64_t size) { return block_size + size + padding(size); }

// Appends the entry to `out`. `content` holds at most greatest_number bytes.
void append_entry(std::string& out, std::string_view name, std::uint64_t time, std::string_view content);

}  // namespace folkmoot::record::tar
