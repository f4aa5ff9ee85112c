// The ballot paper: what the returning officer drafts before an election, and publishes with it. It says what is asked
// and how the answers will be counted; the election in the record holds its hash, so that the rule of the count, the
// number of seats and the lots cannot be changed once the ballot is open.
//
// As a person writes it (field order and white space are free; "…" stands for what is optional):
//   {"name": "Riverside Union 2027", "description": "…", "lots": "…",
//    "contests": [
//      {"kind": "ranking", "question": "Who is to lead the union?", "candidates": ["Ada Ash", "Ben Birch"],
//       "rule": "av", "seats": 1, "preferences": 2},
//      {"kind": "choice", "question": "Shall rule 4 be deleted?", "candidates": ["Yes", "No"],
//       "min": 0, "max": 1, "blank": true, "rule": "plurality", "seats": 1},
//      {"kind": "lists", "question": "Which list?", "lists": [["Green", "Ada Ash"], ["Blue", "Ben Birch"]]}]}
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "count/contest.hpp"
#include "election/question.hpp"
#include "secret/random.hpp"

namespace folkmoot::service {

// One question, and how it is counted.
struct Contest {
  enum class Kind {
    ranking,  // any number of candidates in order of preference: a non-homomorphic question
    choice,   // min..max of the candidates, or, where allowed, a blank vote: a homomorphic question
    lists,    // one list, and one or more of its candidates
  };
  Kind kind = Kind::ranking;
  std::string question;
  std::vector<std::string> candidates;          // of a ranking or choice
  std::vector<std::vector<std::string>> lists;  // of a lists question, the list's name first
  std::int64_t preferences = 0;                 // the most that a ranking takes; 0: as many as there are candidates
  std::int64_t min = 0;                         // of a choice
  std::int64_t max = 1;
  bool blank = false;
  std::string rule;  // one of count::rules(); empty where only the figures are declared
  std::int64_t seats = 0;
};

struct BallotPaper {
  std::string uuid;   // empty until it is drafted
  std::string group;  // the same
  std::string name;
  std::string description;
  std::vector<Contest> contests;
  // The published seed from which lots are drawn if the count comes to a tie that its rule leaves to chance. Without
  // one, such a count stops until a seed is published.
  std::optional<std::string> lots;
};

// Reads a ballot paper as a person writes it. Refuses unknown fields, an unknown kind, rule or group, a rule that does
// not suit its kind, fewer than one candidate or seat, names that are empty or given twice.
Result<BallotPaper> read_ballot_paper(std::string_view text);
void write(json::Writer& writer, const BallotPaper& paper);

// Gives a paper its group and a fresh uuid: 14 base58 characters. Fails if the group is unknown or cannot carry the
// questions (BELENIOS-2048 cannot carry rankings).
Result<BallotPaper> draft(BallotPaper paper, std::string_view group, secret::Random& random);

// The questions of the election of a paper that has a group. Fails where the group cannot carry them.
Result<std::vector<election::Question>> questions(const BallotPaper& paper);

// What the count sees of a contest: title, candidates and seats; no papers yet.
count::Contest countable(const Contest& contest);

// The description of the election: the paper's own, then the SHA-256 of the paper's canonical text.
std::string published_description(const BallotPaper& paper);

}  // namespace folkmoot::service
