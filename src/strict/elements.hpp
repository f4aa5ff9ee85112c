// Where an element is 1 that must not be (docs/strict-profile.md, section 6). That elements are of the group of order
// q, decoding has seen to.
#pragma once

#include <string>
#include <vector>

#include "election/ballot.hpp"
#include "election/credentials.hpp"
#include "election/tally.hpp"
#include "election/trustees.hpp"

namespace folkmoot::strict {

using group::PrimeGroup;

// The places ("answers[0].choices[2].alpha") of elements that are 1, in each structure that has any.
template <PrimeGroup G>
std::vector<std::string> identities(const election::Ballot<G>& ballot);
template <PrimeGroup G>
std::vector<std::string> identities(const election::EncryptedTally<G>& tally);
template <PrimeGroup G>
std::vector<std::string> identities(const election::Shuffle<G>& shuffle);
template <PrimeGroup G>
std::vector<std::string> identities(const election::PartialDecryption<G>& decryption);
template <PrimeGroup G>
std::vector<std::string> identities(const election::PublicCredentials<G>& credentials);
// Of a threshold group's messages also what cannot be read.
template <PrimeGroup G>
std::vector<std::string> identities(const election::Trustees<G>& trustees);

}  // namespace folkmoot::strict
