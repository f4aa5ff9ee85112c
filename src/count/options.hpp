// What the returning officer decides before a count.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "count/constraints.hpp"
#include "count/lots.hpp"

namespace folkmoot::count {

// What a rank means that a paper gives to several candidates.
enum class EqualRanks {
  by_rule,  // what the rule says: nearly all end the paper there
  cut,      // the paper ends before it
  share,    // each of them gets an equal part, which goes on to the next rank
  permute   // the paper counts as all strict papers that agree with it, each in an equal part
};

// Condorcet rules with a default option, as Debian's constitution (A.6) has them. An option that is preferred to the
// default by fewer papers than `quorum`, or not by more than `majority` times as many as prefer the default, is
// dropped.
struct DefaultOption {
  std::string name;         // of the candidate who stands for it (“None of the above”); empty: there is none
  std::int64_t quorum = 0;  // papers
  std::int64_t majority = 1;
};

// The choices that US ordinances for ranked-choice voting make differently (rule rcv-us).
struct RankedChoice {
  enum class Overvote { exhaust, skip, exhaust_if_several_continue };
  Overvote overvote = Overvote::exhaust;
  std::int64_t skipped_ranks = 1;  // as many skipped ranks in a row are read over; more exhaust the paper; < 0: any
  bool exhaust_on_repeat = false;  // a candidate marked again exhausts the paper; else the mark is read over
  bool batch = false;              // one seat: all who can't win together are eliminated together
  bool until_two = false;          // one seat: go on until two candidates remain
  bool whole_threshold = true;     // several seats: a whole number of votes
  std::string write_ins;           // the candidate who stands for undeclared write-ins, eliminated first; or empty
};

struct Options {
  std::size_t seats = 0;  // 0: as many as the contest says
  DrawLot lots = no_lots();
  std::vector<Constraint> constraints;  // for rules that say they can keep them
  DefaultOption default_option;
  RankedChoice ranked_choice;
  std::optional<std::size_t> follow;  // the entry of Papers whose way the transcript records (Transcript::trail)
  EqualRanks equal_ranks = EqualRanks::by_rule;  // share and permute: for rules that say they can
};

}  // namespace folkmoot::count
