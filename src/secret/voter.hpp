// The voter: from a private credential and answers in clear to a ballot (specification, sections 4.11 to 4.16).
#pragma once

#include "election/ballot.hpp"
#include "secret/credentials.hpp"

namespace folkmoot::secret {

// A ballot that may still be cast or opened, with what opens it: the exponents r of its ciphertexts, question after
// question, in the order of "choices" (lists one after the other).
template <PrimeGroup G>
struct PreparedBallot {
  election::Ballot<G> ballot;
  std::vector<std::vector<SecretScalar<G>>> randomness;

  // [["…",…],…]: the "randomness" of the opened ballot (docs/strict-profile.md, section 8).
  [[nodiscard]] SecretText opening() const;
};

// Makes ballots for one election.
template <PrimeGroup G>
class Booth {
 public:
  // `election` must outlive the booth; `fingerprint` is that of the election's text, as it was published.
  Booth(const election::Election<G>& election, std::string_view fingerprint);

  // A ballot with these answers, one for each question, signed with the credential's key. Fails if an answer is one
  // that its question does not allow (election::check_answer), naming the question.
  Result<PreparedBallot<G>> prepare(const SecretScalar<G>& key, const std::vector<election::PlainAnswer>& answers,
                                    Random& random) const;
  Result<PreparedBallot<G>> prepare(const PrivateCredential& credential,
                                    const std::vector<election::PlainAnswer>& answers, Random& random) const {
    return prepare(credential.key<G>(election_.uuid), answers, random);
  }
  // The same for a ballot that will not be opened.
  Result<election::Ballot<G>> make_ballot(const SecretScalar<G>& key, const std::vector<election::PlainAnswer>& answers,
                                          Random& random) const {
    auto prepared = TRY(prepare(key, answers, random));
    return std::move(prepared.ballot);
  }
  Result<election::Ballot<G>> make_ballot(const PrivateCredential& credential,
                                          const std::vector<election::PlainAnswer>& answers, Random& random) const {
    return make_ballot(credential.key<G>(election_.uuid), answers, random);
  }

 private:
  const election::Election<G>& election_;
  std::string fingerprint_;
  Base<G> y_;
};

}  // namespace folkmoot::secret
