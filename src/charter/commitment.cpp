#include "charter/commitment.hpp"

#include "base/json.hpp"

namespace folkmoot::charter {

Digest commit(const Salt& salt, std::string_view text) { return Sha256().add(ByteView(salt)).add(text).digest(); }

std::string to_text(const Entry& entry) {
  json::Writer writer;
  writer.begin_object();
  writer.key("member").string(entry.member);
  writer.key("weight").integer(entry.weight);
  writer.end_object();
  return writer.take();
}

merkle::Tree electorate_tree(std::span<const Digest> commitments) {
  std::vector<merkle::Hash> leaves;
  leaves.reserve(commitments.size());
  for (const Digest& commitment : commitments) leaves.push_back(merkle::leaf_hash(commitment));
  return merkle::Tree(std::move(leaves));
}

}  // namespace folkmoot::charter
