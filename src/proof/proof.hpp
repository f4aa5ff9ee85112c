// What the proofs share: the pair of challenge and response, and ElGamal ciphertexts (specification, section 4.3).
//
// Each file of this folder is one statement: what is claimed, its transcript, and a verifier. A verifier takes a batch,
// asks it for the commitments, and leaves a claim there: see group/batch.hpp. The elements it is given are members of
// the group because decoding made them; the scalars are below q; shapes (how many proofs for how many values) it checks
// itself, and claims falsehood where they do not fit. What it is given must live until the batch has run.
#pragma once

#include "base/json.hpp"
#include "group/batch.hpp"

namespace folkmoot::proof {

using group::Batch;
using group::PrimeGroup;

template <PrimeGroup G>
struct Proof {
  typename G::Scalar challenge;
  typename G::Scalar response;
  friend bool operator==(const Proof&, const Proof&) = default;
};

template <PrimeGroup G>
struct Ciphertext {
  typename G::Element alpha;
  typename G::Element beta;
  friend bool operator==(const Ciphertext&, const Ciphertext&) = default;
  // The encryption of the sum of the plaintexts (of their product, where elements are encrypted).
  friend Ciphertext operator*(const Ciphertext& a, const Ciphertext& b) { return {a.alpha * b.alpha, a.beta * b.beta}; }
};

// A ciphertext as it stands in transcripts: "α,β".
template <PrimeGroup G>
std::string transcript_text(const Ciphertext<G>& ciphertext) {
  std::string text;
  ciphertext.alpha.append_to(text);
  text += ',';
  ciphertext.beta.append_to(text);
  return text;
}

template <PrimeGroup G>
Result<typename G::Scalar> read_scalar(json::Value value) {
  return G::Scalar::decode(TRY(value.string()));
}

template <PrimeGroup G>
Result<typename G::Element> read_element(json::Value value) {
  return G::Element::decode(TRY(value.string()));
}

template <PrimeGroup G>
Result<Proof<G>> read_proof(json::Value value) {
  auto challenge = TRY(json::read_field(value, "challenge", read_scalar<G>));
  auto response = TRY(json::read_field(value, "response", read_scalar<G>));
  return Proof<G>{std::move(challenge), std::move(response)};
}

template <PrimeGroup G>
Result<Ciphertext<G>> read_ciphertext(json::Value value) {
  auto alpha = TRY(json::read_field(value, "alpha", read_element<G>));
  auto beta = TRY(json::read_field(value, "beta", read_element<G>));
  return Ciphertext<G>{std::move(alpha), std::move(beta)};
}

template <PrimeGroup G>
void write(json::Writer& writer, const Proof<G>& proof) {
  writer.begin_object();
  writer.key("challenge").decoded(proof.challenge);
  writer.key("response").decoded(proof.response);
  writer.end_object();
}

template <PrimeGroup G>
void write(json::Writer& writer, const Ciphertext<G>& ciphertext) {
  writer.begin_object();
  writer.key("alpha").decoded(ciphertext.alpha);
  writer.key("beta").decoded(ciphertext.beta);
  writer.end_object();
}

}  // namespace folkmoot::proof
