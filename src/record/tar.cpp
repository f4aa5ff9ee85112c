#include "record/tar.hpp"

#include <algorithm>
#include <cassert>

namespace folkmoot::record::tar {
namespace {

// The fields of the header that differ: their first byte and length. All numbers are octal digits and a zero byte.
constexpr std::size_t size_field = 124, time_field = 136, number_digits = 11;
constexpr std::size_t checksum_field = 148, checksum_length = 8;

void put(Block& block, std::size_t at, std::string_view text) { std::ranges::copy(text, block.begin() + at); }

// That many octal digits.
void put_number(Block& block, std::size_t at, std::size_t digits, std::uint64_t number) {
  for (std::size_t i = at + digits; i-- > at; number /= 8) block[i] = static_cast<char>('0' + number % 8);
}

Result<std::uint64_t> read_number(const Block& block, std::size_t at) {
  std::uint64_t number = 0;
  for (std::size_t i = at; i < at + number_digits; ++i) {
    if (block[i] < '0' || block[i] > '7') return fail("tar header: byte {} is no octal digit", i);
    number = number * 8 + static_cast<std::uint64_t>(block[i] - '0');
  }
  return number;
}

}  // namespace

Block header_block(const Header& header) {
  assert(!header.name.empty() && header.name.size() <= longest_name && header.name.find('\0') == std::string::npos);
  assert(header.size <= greatest_number && header.time <= greatest_number);
  Block block{};
  put(block, 0, header.name);
  put(block, 100, "0000644");  // mode
  put(block, 108, "0000000");  // owner
  put(block, 116, "0000000");  // group
  put_number(block, size_field, number_digits, header.size);
  put_number(block, time_field, number_digits, header.time);
  put(block, checksum_field, "        ");
  put(block, 156, "0");  // a regular file
  // The sum of all bytes, its own field taken as spaces, which it then replaces: six digits, a zero byte, a space.
  unsigned sum = 0;
  for (const char byte : block) sum += static_cast<unsigned char>(byte);
  put_number(block, checksum_field, checksum_length - 2, sum);
  block[checksum_field + checksum_length - 2] = '\0';
  return block;
}

Result<Header> read_header(const Block& block) {
  const auto name_end = std::ranges::find(block, '\0');
  const auto name_size = static_cast<std::size_t>(name_end - block.begin());
  if (name_size == 0 || name_size > longest_name) return fail("tar header: no name");
  const std::uint64_t size = TRY(read_number(block, size_field));
  const std::uint64_t time = TRY(read_number(block, time_field));
  Header header{{block.begin(), name_end}, size, time};
  const Block expected = header_block(header);
  if (block != expected) {
    const auto different = std::ranges::mismatch(block, expected).in1 - block.begin();
    return fail("tar header: byte {} is not as the header's writer has it", different);
  }
  return header;
}

void append_entry(std::string& out, std::string_view name, std::uint64_t time, std::string_view content) {
  const Block block = header_block({std::string(name), content.size(), time});
  out.append(block.data(), block.size()).append(content).append(padding(content.size()), '\0');
}

}  // namespace folkmoot::record::tar
