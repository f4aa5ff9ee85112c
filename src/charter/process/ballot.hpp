// What an election decides, and by which rules: a contest, a slate, a motion, an amendment or a recall.
#pragma once

#include "charter/process.hpp"

namespace folkmoot::charter {

struct Ballot {
  std::string electorate;
  Length length;             // how long it is open
  bool yes_or_no = false;    // else people are chosen
  std::int64_t places = 0;   // then: at most so many
  Names candidates = {};     // and these are to be chosen from, by their references
  std::string count = {};    // by this rule of counting
  bool contested = false;    // nobody is elected unopposed: see reopens()
  std::string not_yet = {};  // why it cannot open now; empty if it can
  std::string rule = {};     // of the charter, that says so
};

// `id` is a contest, slate, motion, amendment or recall; `charter` the version under which it began.
Ballot ballot_of(const State& state, const Charter& charter, std::string_view id, Time now);

// The candidates as the ballot paper lists them: by lot, from the root of the frozen electorate, which nobody could
// choose and everybody can look up. (By the SHA-256 of the root and the candidate's reference.)
Names in_ballot_order(Names candidates, const Election& frozen);

// Whether a paper with so many candidates has one more answer after them: that nominations re-open instead.
inline bool reopens(const Ballot& ballot, std::size_t candidates) {
  return ballot.contested && static_cast<std::int64_t>(candidates) <= ballot.places;
}

// Those on the paper who were suspended, or struck, since the ballot opened: the count is then published both ways,
// once as the contest's rule says and once as if it said the opposite about them (R32). In the order of the paper.
Names suspended_since_opening(const State& state, const Election& election);

// For effects: the thing's election, to be set or cleared.
std::string& election_of(State& state, std::string_view id);

}  // namespace folkmoot::charter
