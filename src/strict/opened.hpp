// Opened ballots (docs/strict-profile.md, section 8): a voter has a device prepare a ballot, notes its tracker, and
// then has it opened instead of cast. Whoever has the record can check what it would have voted.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "election/ballot.hpp"
#include "record/verify_setup.hpp"

namespace folkmoot::strict {

using group::PrimeGroup;

template <PrimeGroup G>
struct OpenedBallot {
  election::Ballot<G> ballot;
  std::vector<election::PlainAnswer> answers;
  std::vector<std::vector<typename G::Scalar>> randomness;  // of each question's ciphertexts
};

template <PrimeGroup G>
Result<OpenedBallot<G>> read_opened_ballot(const std::vector<election::Question>& questions, json::Value value);
template <PrimeGroup G>
void write(json::Writer& writer, const OpenedBallot<G>& opened);

// What is wrong with it, for the election of that setup: as a ballot, or as an opening of it. Empty if it is true.
template <PrimeGroup G>
std::vector<std::string> check_opened(const record::Setup<G>& setup, const OpenedBallot<G>& opened);

// The same for whoever has a record and the text.
struct OpenedReport {
  std::string tracker;
  std::vector<std::string> votes;  // in words, a line for each question
  std::vector<std::string> wrong;  // empty: the device encrypted just that
};
// Fails if the record has no good election, or cannot be read. That the ballot has been cast, in spite of being opened,
// is among what is wrong.
Result<OpenedReport> verify_opened(const record::ByteSource& record, std::string_view text);

}  // namespace folkmoot::strict
