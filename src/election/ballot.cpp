#include "election/ballot.hpp"

#include "group/all.hpp"

namespace folkmoot::election {
namespace {

using json::read_array;
using json::read_field;
using json::read_string;

template <PrimeGroup G>
Result<std::vector<Proof<G>>> read_proofs(json::Value value) {
  return read_array(value, proof::read_proof<G>);
}
template <PrimeGroup G>
Result<std::vector<std::vector<Proof<G>>>> read_proof_lists(json::Value value) {
  return read_array(value, read_proofs<G>);
}
template <PrimeGroup G>
Result<std::vector<Ciphertext<G>>> read_ciphertexts(json::Value value) {
  return read_array(value, proof::read_ciphertext<G>);
}

// Arrays of arrays of what write() writes.
template <class T>
void write_nested(json::Writer& writer, const T& value) {
  write(writer, value);
}
template <class T>
void write_nested(json::Writer& writer, const std::vector<T>& values) {
  writer.begin_array();
  for (const T& value : values) write_nested(writer, value);
  writer.end_array();
}

template <PrimeGroup G>
Result<Answer<G>> read_answer(const HomomorphicQuestion& question, json::Value value) {
  HomomorphicAnswer<G> answer;
  answer.choices = TRY(read_field(value, "choices", read_ciphertexts<G>));
  answer.individual_proofs = TRY(read_field(value, "individual_proofs", read_proof_lists<G>));
  answer.overall_proof = TRY(read_field(value, "overall_proof", read_proofs<G>));
  if (question.blank_allowed()) answer.blank_proof = TRY(read_field(value, "blank_proof", read_proofs<G>));
  return answer;
}

template <PrimeGroup G>
Result<Answer<G>> read_answer(const NonHomomorphicQuestion&, json::Value value) {
  auto choices = TRY(read_field(value, "choices", proof::read_ciphertext<G>));
  auto proof = TRY(read_field(value, "proof", proof::read_proof<G>));
  return NonHomomorphicAnswer<G>{std::move(choices), std::move(proof)};
}

template <PrimeGroup G>
Result<Answer<G>> read_answer(const ListsQuestion&, json::Value value) {
  auto choices = TRY(read_field(value, "choices", [](json::Value v) { return read_array(v, read_ciphertexts<G>); }));
  auto individual_proofs =
      TRY(read_field(value, "individual_proofs", [](json::Value v) { return read_array(v, read_proof_lists<G>); }));
  auto overall_proof = TRY(read_field(value, "overall_proof", proof::read_proof<G>));
  auto list_proofs = TRY(read_field(value, "list_proofs", read_proof_lists<G>));
  auto nonzero_proof = TRY(read_field(value, "nonzero_proof", proof::read_nonzero_proof<G>));
  return ListsAnswer<G>{std::move(choices), std::move(individual_proofs), std::move(overall_proof),
                        std::move(list_proofs), std::move(nonzero_proof)};
}

template <PrimeGroup G>
void write(json::Writer& writer, const HomomorphicAnswer<G>& answer) {
  writer.begin_object();
  write_nested(writer.key("choices"), answer.choices);
  write_nested(writer.key("individual_proofs"), answer.individual_proofs);
  write_nested(writer.key("overall_proof"), answer.overall_proof);
  if (!answer.blank_proof.empty()) write_nested(writer.key("blank_proof"), answer.blank_proof);
  writer.end_object();
}

template <PrimeGroup G>
void write(json::Writer& writer, const NonHomomorphicAnswer<G>& answer) {
  writer.begin_object();
  write(writer.key("choices"), answer.choices);
  write(writer.key("proof"), answer.proof);
  writer.end_object();
}

template <PrimeGroup G>
void write(json::Writer& writer, const ListsAnswer<G>& answer) {
  writer.begin_object();
  write_nested(writer.key("choices"), answer.choices);
  write_nested(writer.key("individual_proofs"), answer.individual_proofs);
  write(writer.key("overall_proof"), answer.overall_proof);
  write_nested(writer.key("list_proofs"), answer.list_proofs);
  write(writer.key("nonzero_proof"), answer.nonzero_proof);
  writer.end_object();
}

Status expect_size(std::string_view what, std::size_t found, std::uint64_t expected) {
  if (found != expected) return fail("{}: {} where the question demands {}", what, found, expected);
  return {};
}

// Two proofs, one that it is 0 and one that it is 1, for each of `choices`.
template <PrimeGroup G>
Status check_pairs(std::string_view what, const std::vector<std::vector<Proof<G>>>& proofs, std::size_t choices) {
  TRY(expect_size(what, proofs.size(), choices));
  for (std::size_t i = 0; i < proofs.size(); ++i) {
    TRY(expect_size(fmt::format("{}[{}]", what, i), proofs[i].size(), 2));
  }
  return {};
}

template <PrimeGroup G>
Status check_shape_of(const HomomorphicQuestion& question, const HomomorphicAnswer<G>& answer) {
  const std::size_t blank = question.blank_allowed() ? 1 : 0;
  TRY(expect_size("choices", answer.choices.size(), question.answers.size() + blank));
  TRY(check_pairs<G>("individual_proofs", answer.individual_proofs, answer.choices.size()));
  TRY(expect_size("overall_proof", answer.overall_proof.size(),
                  static_cast<std::uint64_t>(question.max - question.min + 1) + blank));
  return expect_size("blank_proof", answer.blank_proof.size(), 2 * blank);
}

template <PrimeGroup G>
Status check_shape_of(const NonHomomorphicQuestion&, const NonHomomorphicAnswer<G>&) {
  return {};
}

template <PrimeGroup G>
Status check_shape_of(const ListsQuestion& question, const ListsAnswer<G>& answer) {
  const std::size_t lists = question.answers.size();
  TRY(expect_size("choices", answer.choices.size(), lists));
  TRY(expect_size("individual_proofs", answer.individual_proofs.size(), lists));
  for (std::size_t i = 0; i < lists; ++i) {
    TRY(expect_size(fmt::format("choices[{}]", i), answer.choices[i].size(), question.answers[i].size()));
    TRY(check_pairs<G>(fmt::format("individual_proofs[{}]", i), answer.individual_proofs[i], answer.choices[i].size()));
  }
  return check_pairs<G>("list_proofs", answer.list_proofs, lists);
}

template <class Kind, class Other>
Status check_shape_of(const Kind&, const Other&) {
  return fail("the answer is to another kind of question");
}

// Everything but the signature and the closing brace.
template <PrimeGroup G>
void write_body(json::Writer& writer, const Ballot<G>& ballot) {
  writer.begin_object();
  writer.key("election_uuid").string(ballot.election_uuid);
  writer.key("election_hash").string(ballot.election_hash);
  writer.key("credential").decoded(ballot.credential);
  writer.key("answers").begin_array();
  for (const auto& answer : ballot.answers) std::visit([&](const auto& kind) { write(writer, kind); }, answer);
  writer.end_array();
}

}  // namespace

template <PrimeGroup G>
Status check_shape(const Question& question, const Answer<G>& answer) {
  return std::visit([](const auto& kind, const auto& of_kind) { return check_shape_of(kind, of_kind); }, question.kind,
                    answer);
}

template <PrimeGroup G>
Result<Ballot<G>> read_ballot(const std::vector<Question>& questions, json::Value value) {
  Ballot<G> ballot;
  ballot.election_uuid = TRY(read_field(value, "election_uuid", read_string));
  ballot.election_hash = TRY(read_field(value, "election_hash", read_string));
  ballot.credential = TRY(read_field(value, "credential", proof::read_element<G>));
  ballot.answers.reserve(questions.size());
  const json::Value answers = TRY(value.field("answers"));
  for (const json::Value item : TRY(answers.array())) {
    const std::size_t i = ballot.answers.size();
    if (i == questions.size()) return fail("answers: more than the {} questions", questions.size());
    const auto read_one = [&]() -> Result<Answer<G>> {
      auto answer = TRY(std::visit([&](const auto& kind) { return read_answer<G>(kind, item); }, questions[i].kind));
      TRY(check_shape(questions[i], answer));
      return answer;
    };
    auto answer = read_one();
    if (!answer) return Failure(answer.error().in(fmt::format("answers[{}]", i)));
    ballot.answers.push_back(*std::move(answer));
  }
  if (ballot.answers.size() < questions.size()) {
    return fail("answers: {} for {} questions", ballot.answers.size(), questions.size());
  }
  const json::Value signature = TRY(value.field("signature"));
  auto hash = TRY(in("signature", read_field(signature, "hash", read_string)));
  auto proof = TRY(in("signature", read_field(signature, "proof", proof::read_proof<G>)));
  ballot.signature = {std::move(hash), std::move(proof)};
  return ballot;
}

template <PrimeGroup G>
void write(json::Writer& writer, const Ballot<G>& ballot) {
  write_body(writer, ballot);
  writer.key("signature").begin_object();
  writer.key("hash").string(ballot.signature.hash);
  write(writer.key("proof"), ballot.signature.proof);
  writer.end_object();
  writer.end_object();
}

template <PrimeGroup G>
std::string signed_hash(const Ballot<G>& ballot) {
  json::Writer writer;
  write_body(writer, ballot);
  writer.end_object();
  return v1::text_hash(writer.text());
}

std::string signed_hash(std::string_view ballot_text) {
  // In a string, the quotation marks would have backslashes before them: this is the field itself, the last one.
  const auto body = ballot_text.substr(0, ballot_text.rfind(",\"signature\":"));
  return to_base64(Sha256().add(body).add("}").digest());
}

std::string tracker(std::string_view ballot_text) { return v1::text_hash(ballot_text); }

template <PrimeGroup G>
std::string v1::ballot_prefix(std::string_view fingerprint, const typename G::Element& credential) {
  std::string prefix(fingerprint);
  prefix += '|';
  credential.append_to(prefix);
  return prefix;
}

template <PrimeGroup G>
std::string v1::answer_prefix(std::string_view ballot_prefix, const std::vector<Ciphertext<G>>& choices) {
  std::string prefix(ballot_prefix);
  char separator = '|';
  for (const auto& choice : choices) {
    prefix += separator;
    choice.alpha.append_to(prefix);
    prefix += ',';
    choice.beta.append_to(prefix);
    separator = ',';
  }
  return prefix;
}

#define FOLKMOOT_INSTANTIATE(G)                                                            \
  template Status check_shape(const Question&, const Answer<G>&);                          \
  template Result<Ballot<G>> read_ballot<G>(const std::vector<Question>&, json::Value);    \
  template void write(json::Writer&, const Ballot<G>&);                                    \
  template std::string signed_hash(const Ballot<G>&);                                      \
  template std::string v1::ballot_prefix<G>(std::string_view, const typename G::Element&); \
  template std::string v1::answer_prefix(std::string_view, const std::vector<Ciphertext<G>>&);
FOLKMOOT_FOR_EACH_GROUP(FOLKMOOT_INSTANTIATE)

}  // namespace folkmoot::election
