#include "strict/supplement.hpp"

#include "base/sha256.hpp"
#include "election/election.hpp"
#include "election/tally.hpp"
#include "group/all.hpp"

namespace folkmoot::strict {
namespace {

using json::read_array;
using json::read_field;

template <PrimeGroup G>
Result<Proof<G>> read_signature(json::Value value) {
  return read_field(value, "signature", proof::read_proof<G>);
}

Result<std::vector<std::string>> read_strings(json::Value value) { return read_array(value, json::read_string); }

template <PrimeGroup G>
void write_head(json::Writer& writer, const Supplement<G>& supplement) {
  writer.begin_object();
  writer.key("profile").plain_string(proof::strict::profile);
  writer.key("uuid").string(supplement.uuid);
  writer.key("fingerprint").string(supplement.fingerprint);
  json::write_array(writer.key("ceremonies"), supplement.ceremonies);
  writer.key("spoiled").begin_array();
  for (const std::string& tracker : supplement.spoiled) writer.string(tracker);
  writer.end_array();
}

template <class Act>
std::string message(const Bond& bond, std::string_view what, const Act& act) {
  return fmt::format("{}|{}|{}|{}|{}|{}|{}", proof::strict::profile, what, bond.fingerprint, bond.closing, bond.head,
                     act.owner, act.payload);
}

}  // namespace

template <PrimeGroup G>
Result<Supplement<G>> read_supplement(json::Value value) {
  const std::string profile = TRY(read_field(value, "profile", json::read_string));
  if (profile != proof::strict::profile) {
    return fail("profile: \"{}\" instead of \"{}\"", profile, proof::strict::profile);
  }
  Supplement<G> supplement;
  supplement.uuid = TRY(read_field(value, "uuid", json::read_string));
  supplement.fingerprint = TRY(read_field(value, "fingerprint", json::read_string));
  supplement.ceremonies =
      TRY(read_field(value, "ceremonies", [](json::Value v) { return read_array(v, election::read_key_ceremony<G>); }));
  supplement.spoiled = TRY(read_field(value, "spoiled", read_strings));
  supplement.shuffles =
      TRY(read_field(value, "shuffles", [](json::Value v) { return read_array(v, read_shuffle_act<G>); }));
  supplement.decryptions =
      TRY(read_field(value, "decryptions", [](json::Value v) { return read_array(v, read_decryption_act<G>); }));
  return supplement;
}

template <PrimeGroup G>
void write(json::Writer& writer, const Supplement<G>& supplement) {
  write_head(writer, supplement);
  json::write_array(writer.key("shuffles"), supplement.shuffles);
  json::write_array(writer.key("decryptions"), supplement.decryptions);
  writer.end_object();
}

template <PrimeGroup G>
Result<ShuffleAct<G>> read_shuffle_act(json::Value value) {
  auto owned = TRY(election::read_owned(value));
  auto signature = TRY(read_signature<G>(value));
  return ShuffleAct<G>{owned.owner, std::move(owned.payload), std::move(signature)};
}

template <PrimeGroup G>
void write(json::Writer& writer, const ShuffleAct<G>& act) {
  writer.begin_object();
  writer.key("owner").integer(act.owner);
  writer.key("payload").plain_string(act.payload);
  write(writer.key("signature"), act.signature);
  writer.end_object();
}

template <PrimeGroup G>
Result<DecryptionAct<G>> read_decryption_act(json::Value value) {
  auto owned = TRY(election::read_owned(value));
  auto proof = TRY(read_field(value, "proof", proof::read_proof<G>));
  auto signature = TRY(read_signature<G>(value));
  return DecryptionAct<G>{owned.owner, std::move(owned.payload), std::move(proof), std::move(signature)};
}

template <PrimeGroup G>
void write(json::Writer& writer, const DecryptionAct<G>& act) {
  writer.begin_object();
  writer.key("owner").integer(act.owner);
  writer.key("payload").plain_string(act.payload);
  write(writer.key("proof"), act.proof);
  write(writer.key("signature"), act.signature);
  writer.end_object();
}

Status check_spoiled(const std::vector<std::string>& spoiled) {
  for (std::size_t i = 0; i < spoiled.size(); ++i) {
    const auto hash = TRY(in(fmt::format("spoiled[{}]", i), from_base64(spoiled[i])));
    if (hash.size() != sizeof(Digest)) return fail("spoiled[{}]: not the tracker of a ballot", i);
    if (i > 0 && spoiled[i] <= spoiled[i - 1]) return fail("spoiled[{}]: not in ascending order", i);
  }
  return {};
}

template <PrimeGroup G>
std::string head_hash(const Supplement<G>& supplement) {
  json::Writer writer;
  write_head(writer, supplement);
  writer.end_object();
  return sha256_hex(writer.text());
}

template <PrimeGroup G>
std::string signed_message(const Bond& bond, const ShuffleAct<G>& act) {
  return message(bond, "shuffle", act);
}

template <PrimeGroup G>
std::string signed_message(const Bond& bond, const DecryptionAct<G>& act) {
  return fmt::format("{}|{},{}", message(bond, "decryption", act), act.proof.challenge.text(),
                     act.proof.response.text());
}

#define FOLKMOOT_INSTANTIATE(G)                                           \
  template Result<Supplement<G>> read_supplement<G>(json::Value);         \
  template void write(json::Writer&, const Supplement<G>&);               \
  template Result<ShuffleAct<G>> read_shuffle_act<G>(json::Value);        \
  template void write(json::Writer&, const ShuffleAct<G>&);               \
  template Result<DecryptionAct<G>> read_decryption_act<G>(json::Value);  \
  template void write(json::Writer&, const DecryptionAct<G>&);            \
  template std::string head_hash(const Supplement<G>&);                   \
  template std::string signed_message(const Bond&, const ShuffleAct<G>&); \
  template std::string signed_message(const Bond&, const DecryptionAct<G>&);
FOLKMOOT_FOR_EACH_GROUP(FOLKMOOT_INSTANTIATE)

}  // namespace folkmoot::strict
