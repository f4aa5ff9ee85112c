#include "ledger/tile.hpp"

#include <algorithm>
#include <cassert>

#include "ledger/text.hpp"

namespace folkmoot::ledger {
namespace {

constexpr unsigned max_level = 63;
constexpr std::uint64_t max_index = max_size / tile_width;

// "x001/x234/067"
std::string index_path(std::uint64_t index) {
  std::string path = fmt::format("{:03}", index % 1000);
  while ((index /= 1000) != 0) path = fmt::format("x{:03}/{}", index % 1000, path);
  return path;
}

// Takes an element off the front of a path; empty at its end.
std::string_view take_element(std::string_view& path) {
  const std::string_view element = path.substr(0, path.find('/'));
  path.remove_prefix(std::min(path.size(), element.size() + 1));
  return element;
}

Result<unsigned> parse_small(std::string_view text, unsigned least, unsigned greatest) {
  const std::uint64_t number = TRY(parse_decimal(text));
  if (number < least || number > greatest) return fail("{} is not in {}..{}", number, least, greatest);
  return static_cast<unsigned>(number);
}

// Of what a path says only the numbers are read here; Tile::parse compares the spelling.
Result<Tile> read_path(std::string_view path) {
  if (take_element(path) != "tile") return fail("does not begin with tile/");
  Tile tile;
  const std::string_view level = take_element(path);
  tile.level = level == "entries" ? Tile::entries : static_cast<int>(TRY(parse_small(level, 0, max_level)));
  for (bool last = false; !last;) {
    std::string_view digits = take_element(path);
    last = !digits.starts_with('x');
    if (!last) digits.remove_prefix(1);
    if (last && digits.ends_with(".p")) {
      digits.remove_suffix(2);
      tile.width = TRY(parse_small(take_element(path), 1, tile_width - 1));
    }
    if (digits.size() != 3) return fail("expected three digits");
    for (const char c : digits) {
      if (c < '0' || c > '9') return fail("expected three digits");
      tile.index = 10 * tile.index + static_cast<std::uint64_t>(c - '0');
    }
    if (tile.index > max_index) return fail("the index is too large");
  }
  return tile;
}

}  // namespace

std::string Tile::path() const {
  std::string path = level == entries ? "tile/entries/" : fmt::format("tile/{}/", level);
  path += index_path(index);
  if (width != tile_width) path += fmt::format(".p/{}", width);
  return path;
}

Result<Tile> Tile::parse(std::string_view path) {
  const Tile tile = TRY(in("tile path", read_path(path)));
  if (tile.path() != path) return fail("tile path: not as it would be written");
  return tile;
}

Tile tile_at(int level, std::uint64_t index, std::uint64_t size) {
  const std::uint64_t hashes = size >> (tile_height * static_cast<unsigned>(std::max(level, 0)));
  const std::uint64_t before = index * tile_width;
  const std::uint64_t width = hashes > before ? std::min<std::uint64_t>(hashes - before, tile_width) : 0;
  return {level, index, static_cast<unsigned>(width)};
}

void add_to_bundle(Bytes& bundle, ByteView entry) {
  assert(entry.size() <= max_entry);
  bundle.push_back(static_cast<std::uint8_t>(entry.size() >> 8));
  bundle.push_back(static_cast<std::uint8_t>(entry.size()));
  bundle.insert(bundle.end(), entry.begin(), entry.end());
}

Result<ByteView> take_entry(ByteView& bundle) {
  if (bundle.size() < 2) return fail("an entry's length is cut off");
  const std::size_t length = std::size_t{256} * bundle[0] + bundle[1];
  if (bundle.size() - 2 < length) return fail("an entry of {} bytes is cut off", length);
  const ByteView entry = bundle.subspan(2, length);
  bundle = bundle.subspan(2 + length);
  return entry;
}

Result<std::vector<ByteView>> parse_bundle(ByteView bundle, std::size_t count) {
  std::vector<ByteView> entries;
  while (!bundle.empty()) {
    if (entries.size() == count) return fail("more than {} entries", count);
    entries.push_back(TRY(take_entry(bundle)));
  }
  if (entries.size() != count) return fail("expected {} entries, found {}", count, entries.size());
  return entries;
}

}  // namespace folkmoot::ledger
