// Any bytes as a tile's path, as a bundle, and as every file of a log: reading ends without a crash, and what is
// accepted has one spelling.
#include <cstdlib>

#include "base/sha256.hpp"
#include "ledger/reader.hpp"
#include "ledger/replay.hpp"

namespace {

// Every path holds the same bytes.
class Everywhere final : public folkmoot::ledger::Source {
 public:
  explicit Everywhere(folkmoot::ByteView bytes) : bytes_(bytes.begin(), bytes.end()) {}
  [[nodiscard]] folkmoot::Result<std::optional<folkmoot::Bytes>> read(const std::string& path,
                                                                      std::size_t limit) const override {
    if (bytes_.size() > limit) return folkmoot::fail("{}: too long", path);
    return bytes_;
  }

 private:
  folkmoot::Bytes bytes_;
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace folkmoot;
  using namespace folkmoot::ledger;
  const ByteView bytes(data, size);
  if (const auto tile = Tile::parse(text_of(bytes)); tile && tile->path() != text_of(bytes)) std::abort();
  for (const std::size_t count : {1, 2, 3, 256}) {
    const auto entries = parse_bundle(bytes, count);
    if (!entries) continue;
    Bytes again;
    for (const ByteView entry : *entries) add_to_bundle(again, entry);
    if (!std::ranges::equal(again, bytes)) std::abort();
  }
  // The first bytes say how large the log claims to be, the others are its files.
  if (size < 8) return 0;
  std::uint64_t claimed = 0;
  for (const std::uint8_t byte : bytes.first(8)) claimed = claimed << 8 | byte;
  claimed &= max_size;
  const Everywhere source(bytes.subspan(8));
  // A root that the files cannot have.
  const TreeHead head{claimed, sha256(bytes)};
  TileReader reader(source, head);
  if (reader.inclusion(claimed / 3) || reader.consistency(claimed / 2 + 1)) std::abort();
  RightEdge edge;
  if (replay(source, edge, head)) std::abort();
  return 0;
}
