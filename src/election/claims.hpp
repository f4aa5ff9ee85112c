// Everything that one ballot claims (specification, sections 4.11 to 4.17), left in a batch so that many ballots are
// verified together.
#pragma once

#include <memory>
#include <span>

#include "election/ballot.hpp"
#include "proof/disjunction.hpp"

namespace folkmoot::election {

// Something that is wrong with a ballot: with what it is and whose, with its signature, or with a proof of its answers.
struct BallotFailure {
  enum class Kind { form, signature, proof };
  Kind kind;
  std::string message;  // "answers[0]: choices[2]: …"
};

// Leaves in the batch every claim of one ballot: each proof of each answer, and the signature. The batch's y is the
// election's public key, `fingerprint` the election's φ. That the credential is one of the election's is the caller's
// to check. What is given here, and this object (which may be moved), must live until the batch has run.
template <PrimeGroup G>
class BallotClaims {
 public:
  BallotClaims(Batch<G>& batch, const Election<G>& election, std::string_view fingerprint, const Ballot<G>& ballot)
      : BallotClaims(batch, election, fingerprint, ballot, Hashed{signed_hash(ballot)}) {}
  // The same where the ballot's canonical text is at hand: to find its hash, it then need not be written again.
  BallotClaims(Batch<G>& batch, const Election<G>& election, std::string_view fingerprint, const Ballot<G>& ballot,
               std::string_view ballot_text)
      : BallotClaims(batch, election, fingerprint, ballot, Hashed{signed_hash(ballot_text)}) {}

  // After the batch has run: nothing if all claims hold, else what is wrong.
  [[nodiscard]] std::vector<BallotFailure> failures(const Batch<G>& batch) const;

 private:
  struct Hashed {
    std::string hash;
  };
  BallotClaims(Batch<G>& batch, const Election<G>& election, std::string_view fingerprint, const Ballot<G>& ballot,
               const Hashed& hashed);

  enum class Statement : std::uint8_t { choice, overall, blank, raw_encryption, list, nonzero, signature };
  struct Named {
    typename Batch<G>::Claim claim;
    Statement statement;
    std::size_t answer = 0;
    std::size_t item = 0;  // which choice, counted through all lists; or which list
  };
  static std::string describe(const Named& named);

  // What the claims refer to. It stays where it is when this object is moved.
  struct AnswerTexts {
    std::string S;
    std::vector<proof::Subject<G>> subjects;  // the choices, then sums of them
  };
  struct Texts {
    std::string S0;
    std::string public_key;
    std::vector<AnswerTexts> answers;
  };
  void add(Batch<G>& batch, std::size_t i, const HomomorphicQuestion& question, const HomomorphicAnswer<G>& answer);
  void add(Batch<G>& batch, std::size_t i, const NonHomomorphicQuestion& question,
           const NonHomomorphicAnswer<G>& answer);
  void add(Batch<G>& batch, std::size_t i, const ListsQuestion& question, const ListsAnswer<G>& answer);
  void add_choice(Batch<G>& batch, std::size_t i, const Ciphertext<G>& choice, const std::vector<Proof<G>>& proofs);
  const proof::Subject<G>& add_sum(Batch<G>& batch, std::size_t i, std::span<const Ciphertext<G>> choices);

  std::vector<Named> claims_;
  std::vector<BallotFailure> refused_;  // what is wrong without any computation: uuid, election hash, signed hash
  std::unique_ptr<Texts> texts_;
};

}  // namespace folkmoot::election
