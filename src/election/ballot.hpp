// The ballot (specification, sections 4.11 to 4.17): encrypted answers with their proofs, signed by a credential.
#pragma once

#include <string>
#include <variant>
#include <vector>

#include "election/election.hpp"
#include "proof/nonzero.hpp"
#include "proof/proof.hpp"

namespace folkmoot::election {

using group::Batch;
using proof::Ciphertext;
using proof::Proof;

template <PrimeGroup G>
struct HomomorphicAnswer {
  std::vector<Ciphertext<G>> choices;
  std::vector<std::vector<Proof<G>>> individual_proofs;
  std::vector<Proof<G>> overall_proof;
  std::vector<Proof<G>> blank_proof;  // two of them, or none where blank is not allowed
};

template <PrimeGroup G>
struct NonHomomorphicAnswer {
  Ciphertext<G> choices;
  Proof<G> proof;
};

template <PrimeGroup G>
struct ListsAnswer {
  std::vector<std::vector<Ciphertext<G>>> choices;
  std::vector<std::vector<std::vector<Proof<G>>>> individual_proofs;
  Proof<G> overall_proof;  // an interval proof with the single value 1
  std::vector<std::vector<Proof<G>>> list_proofs;
  proof::NonzeroProof<G> nonzero_proof;
};

template <PrimeGroup G>
using Answer = std::variant<HomomorphicAnswer<G>, NonHomomorphicAnswer<G>, ListsAnswer<G>>;

template <PrimeGroup G>
struct Signature {
  std::string hash;
  Proof<G> proof;
};

template <PrimeGroup G>
struct Ballot {
  std::string election_uuid;
  std::string election_hash;
  typename G::Element credential;
  std::vector<Answer<G>> answers;
  Signature<G> signature;
};

// Reads the answers as the election's questions say. Shapes (numbers of choices, of proofs) must fit.
template <PrimeGroup G>
Result<Ballot<G>> read_ballot(const std::vector<Question>& questions, json::Value value);
template <PrimeGroup G>
void write(json::Writer& writer, const Ballot<G>& ballot);

// Whether an answer has as many choices and proofs as its question demands (which reading has checked already).
template <PrimeGroup G>
Status check_shape(const Question& question, const Answer<G>& answer);

// The unpadded base64 of the SHA-256 of the ballot without its signature: what is signed.
template <PrimeGroup G>
std::string signed_hash(const Ballot<G>& ballot);
// The same from the ballot's text, which must be canonical (json::read_canonical).
std::string signed_hash(std::string_view ballot_text);

// The smart ballot tracker that a voter keeps: unpadded base64 of the SHA-256 of the ballot's text.
std::string tracker(std::string_view ballot_text);

namespace v1 {
// S_0 = φ "|" credential, with which every proof of a ballot is bound to its election and voter; and
// S = S_0 "|" α_1 "," β_1 "," α_2 "," …, with which those are that concern several ciphertexts of one answer.
template <PrimeGroup G>
std::string ballot_prefix(std::string_view fingerprint, const typename G::Element& credential);
template <PrimeGroup G>
std::string answer_prefix(std::string_view ballot_prefix, const std::vector<Ciphertext<G>>& choices);
}  // namespace v1

}  // namespace folkmoot::election
