// The ballot (specification, sections 4.11 to 4.16): encrypted answers with their proofs, signed by a credential.
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
  std::vector<Proof<G>> overall_proof;  // an interval proof with the single value 1
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

// The unpadded base64 of the SHA-256 of the ballot without its signature: what is signed.
template <PrimeGroup G>
std::string signed_hash(const Ballot<G>& ballot);

// The smart ballot tracker that a voter keeps: unpadded base64 of the SHA-256 of the ballot's text.
std::string tracker(std::string_view ballot_text);

// Leaves in the batch every claim of one ballot: each proof of each answer, and the signature. The batch's y is the
// election's public key. `ballot` must live until the batch has run.
template <PrimeGroup G>
class BallotClaims {
 public:
  BallotClaims(Batch<G>& batch, const Election<G>& election, std::string_view fingerprint, const Ballot<G>& ballot);

  // After the batch has run: nothing if all claims hold, else what is wrong ("answers[0]: proof of choices[2]").
  [[nodiscard]] std::vector<std::string> failures(const Batch<G>& batch) const;

 private:
  struct Named {
    typename Batch<G>::Claim claim;
    std::string (*name)(std::size_t, std::size_t);
    std::uint32_t a, b;
  };
  std::vector<Named> claims_;
  std::vector<std::string> refused_;  // what is wrong without any computation: uuid, election hash, signed hash
};

}  // namespace folkmoot::election
