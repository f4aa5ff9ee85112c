#include "record/growth.hpp"

#include <algorithm>
#include <string>

#include "record/tar.hpp"

namespace folkmoot::record {
namespace {

constexpr std::uint64_t piece_size = std::uint64_t{1} << 18;

// The first byte at which the two differ, or the end of the shorter.
Result<std::uint64_t> first_difference(const ByteSource& earlier, const ByteSource& later) {
  const std::uint64_t common = std::min(earlier.size(), later.size());
  std::string a, b;
  for (std::uint64_t offset = 0; offset < common; offset += a.size()) {
    a.resize(std::min(piece_size, common - offset));
    b.resize(a.size());
    TRY(earlier.read(offset, a));
    TRY(later.read(offset, b));
    if (a != b) return offset + static_cast<std::uint64_t>(std::ranges::mismatch(a, b).in1 - a.begin());
  }
  return common;
}

struct Place {
  std::uint64_t entries = 0;  // that end at or before the byte in question
  std::uint64_t end = 0;      // where the last of them ends
};

// Goes from tar header to tar header in the first `size` bytes.
Result<Place> entries_within(const ByteSource& source, std::uint64_t size) {
  Place place;
  while (size - place.end >= tar::block_size) {
    tar::Block block;
    TRY(source.read(place.end, block));
    const tar::Header header = TRY(in(fmt::format("at byte {}", place.end), tar::read_header(block)));
    if (tar::entry_size(header.size) > size - place.end) break;
    place.end += tar::entry_size(header.size);
    ++place.entries;
  }
  return place;
}

}  // namespace

Result<std::uint64_t> check_growth(const ByteSource& earlier, const ByteSource& later) {
  if (earlier.size() == 0) return fail("the earlier copy is empty");
  const std::uint64_t same = TRY(first_difference(earlier, later));
  const Place place = TRY(in("earlier copy", entries_within(earlier, same)));
  if (same < earlier.size()) {
    return fail("{} at byte {}, in entry {} (which begins at byte {}) of the earlier copy's {} bytes",
                same == later.size() ? "the later copy ends" : "the copies part", same, place.entries, place.end,
                earlier.size());
  }
  if (place.end != earlier.size()) return fail("the earlier copy ends in the middle of entry {}", place.entries);
  return place.entries;
}

}  // namespace folkmoot::record
