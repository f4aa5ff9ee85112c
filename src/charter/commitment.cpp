#include "charter/commitment.hpp"

#include "base/json.hpp"

namespace folkmoot::charter {
namespace {

Digest leaf(const Digest& commitment) {
  return Sha256().add(std::string_view("\0", 1)).add(ByteView(commitment)).digest();
}
Digest node(const Digest& left, const Digest& right) {
  return Sha256().add("\1").add(ByteView(left)).add(ByteView(right)).digest();
}

// One level up: neighbours joined, a last one without a neighbour as it is. (This gives the tree of RFC 6962, whose
// left subtrees are perfect.)
std::vector<Digest> joined(const std::vector<Digest>& level) {
  std::vector<Digest> above;
  above.reserve((level.size() + 1) / 2);
  for (std::size_t i = 0; i + 1 < level.size(); i += 2) above.push_back(node(level[i], level[i + 1]));
  if (level.size() % 2 == 1) above.push_back(level.back());
  return above;
}

std::vector<Digest> leaves(std::span<const Digest> commitments) {
  std::vector<Digest> level;
  level.reserve(commitments.size());
  for (const Digest& commitment : commitments) level.push_back(leaf(commitment));
  return level;
}

}  // namespace

Digest commit(const Salt& salt, std::string_view text) { return Sha256().add(ByteView(salt)).add(text).digest(); }

std::string to_text(const Entry& entry) {
  json::Writer writer;
  writer.begin_object();
  writer.key("member").string(entry.member);
  writer.key("weight").integer(entry.weight);
  writer.end_object();
  return writer.take();
}

Digest electorate_root(std::span<const Digest> commitments) {
  if (commitments.empty()) return sha256("");
  std::vector<Digest> level = leaves(commitments);
  while (level.size() > 1) level = joined(level);
  return level.front();
}

std::vector<Digest> electorate_path(std::span<const Digest> commitments, std::size_t index) {
  std::vector<Digest> path;
  std::vector<Digest> level = leaves(commitments);
  for (; level.size() > 1; level = joined(level), index /= 2) {
    const std::size_t neighbour = index ^ 1;
    if (neighbour < level.size()) path.push_back(level[neighbour]);
  }
  return path;
}

bool on_electorate(const Digest& commitment, std::size_t index, std::size_t size, std::span<const Digest> path,
                   const Digest& root) {
  if (index >= size) return false;
  Digest hash = leaf(commitment);
  for (; size > 1; size = size / 2 + size % 2, index /= 2) {
    if ((index ^ 1) >= size) continue;
    if (path.empty()) return false;
    hash = index % 2 == 0 ? node(hash, path.front()) : node(path.front(), hash);
    path = path.subspan(1);
  }
  return path.empty() && hash == root;
}

}  // namespace folkmoot::charter
