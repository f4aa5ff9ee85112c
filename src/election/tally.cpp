#include "election/tally.hpp"

#include "election/weight.hpp"
#include "group/all.hpp"

namespace folkmoot::election {
namespace {

using json::read_array;
using json::read_field;

// An array with the values of each question.
template <class T, class Read>
Result<std::vector<Values<T>>> read_questions(json::Value value, Read read) {
  return read_array(value, [&](json::Value question) { return read_values<T>(question, read); });
}

template <class T, class Write>
void write_questions(json::Writer& writer, const std::vector<Values<T>>& questions, Write write_one) {
  writer.begin_array();
  for (const auto& values : questions) write_values(writer, values, write_one);
  writer.end_array();
}

// How both sorts of Writable values are written.
constexpr auto write_structure = [](json::Writer& writer, const auto& value) { write(writer, value); };
constexpr auto write_text = [](json::Writer& writer, const auto& value) { writer.decoded(value); };

Result<std::vector<std::uint64_t>> read_weights(json::Value value) { return read_array(value, read_weight); }

void write_weights(json::Writer& writer, const std::vector<std::uint64_t>& weights) {
  writer.begin_array();
  for (const std::uint64_t weight : weights) write_weight(writer, weight);
  writer.end_array();
}

Result<QuestionResult> read_question_result(json::Value value) {
  const json::Array items = TRY(value.array());
  const bool nested = items.begin() != items.end() && (*items.begin()).is_array();
  if (nested) return TRY(read_array(value, read_weights));
  return TRY(read_weights(value));
}

}  // namespace

template <PrimeGroup G>
Result<EncryptedTally<G>> read_encrypted_tally(json::Value value) {
  return EncryptedTally<G>{TRY(read_questions<Ciphertext<G>>(value, proof::read_ciphertext<G>))};
}

template <PrimeGroup G>
void write(json::Writer& writer, const EncryptedTally<G>& tally) {
  write_questions(writer, tally.questions, write_structure);
}

Result<SizedEncryptedTally> read_sized_encrypted_tally(json::Value value) {
  auto num_tallied = TRY(read_field(value, "num_tallied", read_weight));
  auto total_weight = TRY(read_field(value, "total_weight", read_weight));
  auto encrypted_tally = TRY(read_field(value, "encrypted_tally", read_hash));
  return SizedEncryptedTally{num_tallied, total_weight, std::move(encrypted_tally)};
}

void write(json::Writer& writer, const SizedEncryptedTally& tally) {
  writer.begin_object();
  writer.key("num_tallied").integer(static_cast<std::int64_t>(tally.num_tallied));
  write_weight(writer.key("total_weight"), tally.total_weight);
  writer.key("encrypted_tally").plain_string(tally.encrypted_tally);
  writer.end_object();
}

template <PrimeGroup G>
Result<Shuffle<G>> read_shuffle(json::Value value) {
  const auto read_ciphertexts = [](json::Value question) { return read_array(question, proof::read_ciphertext<G>); };
  auto ciphertexts =
      TRY(read_field(value, "ciphertexts", [&](json::Value v) { return read_array(v, read_ciphertexts); }));
  auto proofs =
      TRY(read_field(value, "proofs", [](json::Value v) { return read_array(v, proof::read_shuffle_proof<G>); }));
  return Shuffle<G>{std::move(ciphertexts), std::move(proofs)};
}

template <PrimeGroup G>
void write(json::Writer& writer, const Shuffle<G>& shuffle) {
  writer.begin_object();
  writer.key("ciphertexts").begin_array();
  for (const auto& ciphertexts : shuffle.ciphertexts) json::write_array(writer, ciphertexts);
  writer.end_array();
  json::write_array(writer.key("proofs"), shuffle.proofs);
  writer.end_object();
}

Result<Owned> read_owned(json::Value value) {
  auto owner = TRY(read_field(value, "owner", [](json::Value v) { return v.integer(1, 1 << 30); }));
  auto payload = TRY(read_field(value, "payload", read_hash));
  return Owned{owner, std::move(payload)};
}

void write(json::Writer& writer, const Owned& owned) {
  writer.begin_object();
  writer.key("owner").integer(owned.owner);
  writer.key("payload").plain_string(owned.payload);
  writer.end_object();
}

template <PrimeGroup G>
Result<PartialDecryption<G>> read_partial_decryption(json::Value value) {
  using Element = typename G::Element;
  auto decryption_factors = TRY(read_field(
      value, "decryption_factors", [](json::Value v) { return read_questions<Element>(v, proof::read_element<G>); }));
  auto decryption_proofs = TRY(read_field(
      value, "decryption_proofs", [](json::Value v) { return read_questions<Proof<G>>(v, proof::read_proof<G>); }));
  return PartialDecryption<G>{std::move(decryption_factors), std::move(decryption_proofs)};
}

template <PrimeGroup G>
void write(json::Writer& writer, const PartialDecryption<G>& decryption) {
  writer.begin_object();
  write_questions(writer.key("decryption_factors"), decryption.factors, write_text);
  write_questions(writer.key("decryption_proofs"), decryption.proofs, write_structure);
  writer.end_object();
}

Result<ElectionResult> read_election_result(json::Value value) {
  return ElectionResult{
      TRY(read_field(value, "result", [](json::Value v) { return read_array(v, read_question_result); }))};
}

void write(json::Writer& writer, const ElectionResult& result) {
  writer.begin_object();
  writer.key("result").begin_array();
  for (const QuestionResult& question : result.questions) {
    if (const auto* totals = std::get_if<std::vector<std::uint64_t>>(&question)) {
      write_weights(writer, *totals);
      continue;
    }
    writer.begin_array();
    for (const auto& numbers : std::get<1>(question)) write_weights(writer, numbers);
    writer.end_array();
  }
  writer.end_array();
  writer.end_object();
}

template <PrimeGroup G>
Status check_shape(const Election<G>& election, const EncryptedTally<G>& tally, std::uint64_t ballots) {
  if (tally.questions.size() != election.questions.size()) {
    return fail("{} questions instead of {}", tally.questions.size(), election.questions.size());
  }
  for (std::size_t i = 0; i < tally.questions.size(); ++i) {
    const Question& question = election.questions[i];
    const std::uint64_t expected = question.needs_shuffles() ? ballots : question.ciphertexts();
    const auto& values = tally.questions[i];
    if (values.size() != expected) {
      return fail("question {}: {} ciphertexts instead of {}", i + 1, values.size(), expected);
    }
    if (values.lists != question.lists()) return fail("question {}: not nested as the question's lists are", i + 1);
  }
  return {};
}

#define FOLKMOOT_INSTANTIATE(G)                                                  \
  template Result<EncryptedTally<G>> read_encrypted_tally<G>(json::Value);       \
  template void write(json::Writer&, const EncryptedTally<G>&);                  \
  template Result<Shuffle<G>> read_shuffle<G>(json::Value);                      \
  template void write(json::Writer&, const Shuffle<G>&);                         \
  template Result<PartialDecryption<G>> read_partial_decryption<G>(json::Value); \
  template void write(json::Writer&, const PartialDecryption<G>&);               \
  template Status check_shape(const Election<G>&, const EncryptedTally<G>&, std::uint64_t);
FOLKMOOT_FOR_EACH_GROUP(FOLKMOOT_INSTANTIATE)

}  // namespace folkmoot::election
