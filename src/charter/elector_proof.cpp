#include "charter/elector_proof.hpp"

#include "base/json.hpp"
#include "charter/body.hpp"
#include "charter/process.hpp"

namespace folkmoot::charter {
namespace {

// Of a tree of 2^63 entries: no true proof is longer.
constexpr std::size_t longest_path = 63;

Result<Digest> read_digest(json::Value value) {
  const std::string_view text = TRY(value.string());
  Digest digest;
  TRY(from_hex(text, digest));
  return digest;
}

void write(json::Writer& writer, const ElectorProof& proof) {
  writer.begin_object();
  writer.key("of").string(proof.of);
  writer.key("member").string(proof.entry.member);
  writer.key("weight").integer(proof.entry.weight);
  writer.key("salt").plain_string(to_hex(proof.salt));
  writer.key("index").integer(static_cast<std::int64_t>(proof.index));
  writer.key("path").begin_array();
  for (const Digest& hash : proof.path) writer.plain_string(to_hex(hash));
  writer.end_array();
  writer.end_object();
}

Result<ElectorProof> read(json::Value value) {
  ElectorProof proof;
  proof.of = TRY(json::read_field(value, "of", json::read_string));
  const Process* process = process_of(proof.of);
  const bool freezes = process && (process->name == "election" || process->name == "petition");
  if (!freezes || proof.of.size() > 64) return fail("of: expected the id of an election or a petition");
  proof.entry.member = TRY(json::read_field(value, "member", json::read_string));
  if (!is_member(proof.entry.member)) return fail("member: expected a member's reference");
  const json::Value weight = TRY(value.field("weight"));
  proof.entry.weight = TRY(in("weight", weight.integer(1, greatest_count)));
  proof.salt = TRY(json::read_field(value, "salt", read_digest));
  const json::Value index = TRY(value.field("index"));
  proof.index = static_cast<std::uint64_t>(TRY(in("index", index.integer(0, greatest_count))));
  const auto read_path = [](json::Value path) { return json::read_array(path, read_digest); };
  proof.path = TRY(json::read_field(value, "path", read_path));
  if (proof.path.size() > longest_path) return fail("path: longer than {} hashes", longest_path);
  return proof;
}

}  // namespace

std::string to_text(const ElectorProof& proof) {
  json::Writer writer;
  write(writer, proof);
  return writer.take();
}

Result<ElectorProof> read_elector_proof(std::string_view text) {
  const json::Document document = TRY(json::Document::parse(text));
  ElectorProof proof = TRY(read(document.root()));
  TRY(json::expect_same(text, to_text(proof)));
  return proof;
}

Status verify(const ElectorProof& proof, const merkle::TreeHead& electorate) {
  const Digest commitment = commit(proof.salt, to_text(proof.entry));
  return in(fmt::format("{} among those who were frozen for {}", proof.entry.member, proof.of),
            merkle::verify_inclusion(merkle::leaf_hash(commitment), proof.index, electorate, proof.path));
}

}  // namespace folkmoot::charter
