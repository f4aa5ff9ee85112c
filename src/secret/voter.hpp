// The voter: from a private credential and answers in clear to a ballot (specification, sections 4.11 to 4.16).
#pragma once

#include "election/ballot.hpp"
#include "secret/credentials.hpp"

namespace folkmoot::secret {

// Makes ballots for one election.
template <PrimeGroup G>
class Booth {
 public:
  // `election` must outlive the booth; `fingerprint` is that of the election's text, as it was published.
  Booth(const election::Election<G>& election, std::string_view fingerprint);

  // A ballot with these answers, one for each question, signed with the credential's key. Fails if an answer is one
  // that its question does not allow (election::check_answer), naming the question.
  Result<election::Ballot<G>> make_ballot(const SecretScalar<G>& key, const std::vector<election::PlainAnswer>& answers,
                                          Random& random) const;
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
