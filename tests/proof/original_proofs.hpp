// Proofs that the original tools made, taken out of their records with as little of our own code as can be: JSON, and
// the readers of proof/.
#pragma once

#include <optional>

#include "group/all.hpp"
#include "proof/proof.hpp"
#include "support/original_record.hpp"

namespace folkmoot::proof::test {

using namespace folkmoot::test;
using group::Belenios2048;
using group::Ed25519;
using group::Rfc3526;

inline json::Array items(json::Value value) { return value.array().value(); }

inline json::Value at(json::Value value, std::size_t index) {
  auto item = items(value).begin();
  for (; index > 0; --index) ++item;
  return *item;
}

template <PrimeGroup G>
std::vector<Proof<G>> proofs_in(json::Value value) {
  return json::read_array(value, read_proof<G>).value();
}
template <PrimeGroup G>
std::vector<Ciphertext<G>> ciphertexts_in(json::Value value) {
  return json::read_array(value, read_ciphertext<G>).value();
}

// One answer of one ballot: the election's key, S_0 and S of the specification, and the answer's JSON.
template <PrimeGroup G>
class OriginalAnswer {
 public:
  // The answer to question `question` in ballot `ballot`, both from 0.
  OriginalAnswer(const OriginalRecord& record, std::size_t ballot, std::size_t question)
      : election_(json::Document::parse(record.setup("election")).value()),
        ballot_(json::Document::parse(record.payloads("Ballot").at(ballot)).value()),
        public_key(read_element<G>(election_.root().field("public_key").value()).value()),
        S0(ballot_text("election_hash") + "|" + ballot_text("credential")),
        json(at(ballot_.root().field("answers").value(), question)) {}

  // S, for an answer whose choices are these.
  [[nodiscard]] std::string S(const std::vector<Ciphertext<G>>& choices) const {
    std::string text = S0;
    for (const auto& choice : choices) text += (&choice == &choices[0] ? "|" : ",") + transcript_text(choice);
    return text;
  }
  [[nodiscard]] std::string ballot_text(std::string_view field) const {
    return json::read_field(ballot_.root(), field, json::read_string).value();
  }
  [[nodiscard]] json::Value field(std::string_view name) const { return json.field(name).value(); }
  [[nodiscard]] json::Value ballot_field(std::string_view name) const { return ballot_.root().field(name).value(); }

 private:
  json::Document election_;
  json::Document ballot_;

 public:
  typename G::FixedBase public_key;
  std::string S0;
  json::Value json;
};

template <PrimeGroup G>
Ciphertext<G> product(std::span<const Ciphertext<G>> ciphertexts) {
  Ciphertext<G> all;
  for (const auto& ciphertext : ciphertexts) all = all * ciphertext;
  return all;
}

// Whether the claim that `make(batch)` leaves in a batch holds.
template <PrimeGroup G, class Make>
bool holds(const typename G::FixedBase& public_key, Make make) {
  Batch<G> batch(public_key);
  const auto claim = make(batch);
  batch.run();
  return batch.holds(claim);
}

// Proofs that are wrong in every way that one number, or their order and count, can be.
template <PrimeGroup G>
std::vector<std::vector<Proof<G>>> mutations(const std::vector<Proof<G>>& proofs) {
  const typename G::Scalar one(1);
  std::vector<std::vector<Proof<G>>> wrong;
  for (std::size_t i = 0; i < proofs.size(); ++i) {
    auto& challenge = wrong.emplace_back(proofs)[i].challenge;
    challenge = challenge + one;
    auto& response = wrong.emplace_back(proofs)[i].response;
    response = response - one;
    auto& zero = wrong.emplace_back(proofs)[i];
    zero = Proof<G>{};
    auto& exchanged = wrong.emplace_back(proofs)[i];
    std::swap(exchanged.challenge, exchanged.response);
  }
  for (std::size_t i = 1; i < proofs.size(); ++i) {
    std::swap(wrong.emplace_back(proofs)[0], wrong.back()[i]);
    // The sum of the challenges stays what it was.
    auto& moved = wrong.emplace_back(proofs);
    moved[0].challenge = moved[0].challenge + one;
    moved[i].challenge = moved[i].challenge - one;
  }
  wrong.emplace_back(proofs).pop_back();
  wrong.emplace_back(proofs).push_back(proofs[0]);
  wrong.emplace_back(proofs).push_back(Proof<G>{});
  wrong.emplace_back();
  return wrong;
}

}  // namespace folkmoot::proof::test
