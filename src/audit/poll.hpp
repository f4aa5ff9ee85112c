// An election that is to be declared: what the acts say about it, what its record says, and what both come to. Whoever
// declares the result and whoever checks the declaration use this code, so that one thing can be declared only.
//
// What the charter and the acts ask of the record:
//
//   - The record is of the election whose fingerprint election.open has (Belenios writes the base64 of a SHA-256, the
//     act the hexadecimal digits of the same).
//   - It has a credential for each elector of election.freeze, and their weights add up to that act's weight.
//   - It has as many trustees as were appointed, and at least the charter's threshold of them must act to decrypt.
//   - It has one question. Of a motion, amendment or recall: a homomorphic one with two answers, for and against, of
//   which at most
//     one is chosen. Of a contest or slate: one whose answer i is candidate i of election.open, in that order; where
//     nobody is elected unopposed and no more stand than there are places, one more answer follows, that nominations
//     re-open. The question is non-homomorphic (a ranking, election/ranking.hpp; preference slots where they are many),
//     or, for rules that only add up totals, homomorphic, with at most one choice for plurality, and at most as many as
//     there are places for block vote. Rankings have no weights.
//
// The count has the question's text as its title, the answers as candidates and the rule of the charter's contest or
// slate; as many seats as there are places, but no more than candidates where nominations may re-open. Equal papers are
// counted together, in the order of their rankings. Who stands no longer is withdrawn. Lots are drawn from a seed that
// nobody could choose knowing the result: the hash of the event that ended the voting, in hexadecimal digits
// (count::seeded_lots).
//
// What is published and named in election.declare:
//
//   record      the record's bytes
//   supplement  those of its supplement (docs/strict-profile.md), if the election is held under the strict profile
//   transcript  count::to_json of the count; of a motion, amendment or recall
//               {"question":"…","answers":["…","…"],"totals":[7,5],"weight":13}
//   other_transcript  only where candidates were suspended or struck since the ballot opened: the count the other way,
//               in which they are withdrawn if they are not in the first, and the reverse
//   cast        how many voters have a ballot that counts
//   yes, no     the two totals
//   elected     the winners in the order of their election, without whoever is no person
//
// A countback (seat.count_back) is a count of the same record by the same rule, in which nobody stands who has left a
// seat that this election filled, stands no longer, or may not hold the post now. The first winner who has no seat
// takes the vacancy, and that count's transcript is published.
#pragma once

#include "charter/act.hpp"
#include "charter/state.hpp"
#include "count/contest.hpp"
#include "election/ranking.hpp"
#include "record/finished.hpp"

namespace folkmoot::audit {

// What the acts say.
struct Poll {
  std::string id;           // of the election
  std::string fingerprint;  // in hexadecimal
  std::int64_t electors = 0;
  std::int64_t weight = 0;     // of all electors
  std::int64_t trustees = 0;   // appointed
  std::int64_t threshold = 0;  // at least so many must act together
  bool yes_or_no = false;
  std::string rule;           // of counting
  std::int64_t places = 0;    // at most so many are elected
  charter::Names candidates;  // in the order of the paper
  bool reopens = false;       // whether the paper lets nominations re-open
  charter::Names out;         // candidates who stand no longer
  charter::Names suspended;   // candidates who were suspended, or struck, since the ballot opened
};

// Of an election that has been opened and not yet declared, as things stand at that time.
Poll poll_of(const charter::State& state, const std::string& election, charter::Time now);

// Whether the record is that election's, as above. Fails with the first that does not fit.
Status check_record(const Poll& poll, const record::Finished& finished);

struct Outcome {
  std::int64_t cast = 0;
  std::int64_t yes = 0, no = 0;
  charter::Names elected;
  std::string transcript;
  std::string other_transcript;  // empty unless it is counted both ways
};
// What the record comes to; it fits the poll (check_record). Fails if the charter's rule cannot count it.
Result<Outcome> count(const Poll& poll, const record::Finished& finished);

// A vacancy in a seat that a declared election filled, as things stand when it is counted back.
struct Vacancy {
  std::string seat;
  Poll poll;              // whose `out` has everybody who does not stand in the countback
  charter::Names seated;  // who has a seat of it now
};
// `seat` was filled by an election, which is declared.
Vacancy vacancy_of(const charter::State& state, const std::string& seat, charter::Time now);

struct CountedBack {
  std::string member;
  std::string transcript;
};
// Fails if the rule cannot count it, or nobody is left to take the seat.
Result<CountedBack> count_back(const Vacancy& vacancy, const record::Finished& finished);

// The fields of seat.count_back that say so.
charter::Body declaration(const Vacancy& vacancy, const CountedBack& counted);

// The fields of election.declare that say so; `record` and `supplement` are the SHA-256 of those files' bytes in
// hexadecimal, the latter empty if there is none.
charter::Body declaration(const Poll& poll, const Outcome& outcome, const std::string& record,
                          const std::string& supplement);

// The papers that decrypted ballots hold, equal ones together: their order in a record means nothing.
count::Papers papers_of(const election::RankingScheme& scheme, const std::vector<std::vector<std::uint64_t>>& ballots);

// What keeps a charter's contests and slates from being counted, a message each ("contests.chair.rule: …"); none if
// nothing does. An unknown rule; one that elects one candidate where more are wanted; a ranking where electors have
// weights, which encrypted rankings cannot.
std::vector<charter::Problem> check_rules(const charter::Charter& charter);

}  // namespace folkmoot::audit
