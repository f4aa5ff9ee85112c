// The organisation's constitution as data, and what may be done under it.
//
//   charter    what a charter says (this file); read from TOML by read_charter.cpp, as a whole checked by check.hpp
//   body, act  one thing done with the charter's authority, as it stands in the ledger
//   state      what all acts so far have made of the organisation
//   process/   one file a process (contest, petition, case, …): its lifecycle as a table, its acts with their rules
//   decide     may this be done now? what does it change? does a whole history keep the rules?
//   flags      what is overdue, in breach or unmandated: everything that members must be able to see
//
// Nothing here reads a clock, a file or a key. Who asked, and when, is handed in; replaying the acts gives the same
// state on every machine.
//
// A charter is a TOML text. Every name in it (of an organ, a post, a contest, …) is lower-case letters, digits and
// hyphens. docs/charter.md explains each rule with an example.
#pragma once

#include <array>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "charter/threshold.hpp"
#include "charter/time.hpp"

namespace folkmoot::charter {

// Where in the text a rule stands: messages and refusals name it.
struct Place {
  std::size_t line = 0;
  std::string path;  // "contests.chair"
};

template <class T>
using Named = std::map<std::string, T, std::less<>>;
using Names = std::vector<std::string>;

// "more than half of those seated have been elected by the members"
struct Composition {
  Place place;
  Threshold share;
  std::string elected_by;  // electorate
};

struct Organ {
  Place place;
  std::string title;
  std::string kind;       // membership, conference, committee, group, affiliate, supporters
  std::string above;      // the organ whose decisions bind this one; empty for the highest
  std::string secretary;  // the post whose holder puts this organ's acts on the record
  Threshold quorum;       // of its seats, or for organs without seats a number
  Names reserved;         // powers that no other organ has
  std::vector<Composition> composition;
  std::int64_t votes = 1;  // of an affiliate, in weighted electorates
};

struct Post {
  Place place;
  std::string title;
  std::string organ;  // on which its holders sit; may be empty
  std::int64_t seats = 1;
  std::string contest;       // how it is filled: by such a contest,
  std::string appointed_by;  // or by that organ
  Length term;
  std::int64_t max_terms = 0;  // 0: no limit
  std::string interim;         // the post whose holder stands in while it is vacant; may be empty
  Length interim_for;          // for how long
  Length call_within;          // after which an unfilled vacancy is overdue
  std::string answers_to;      // the organ to which it reports; may be empty
  Length report_every;
};

struct Electorate {
  Place place;
  std::string of;     // "members", "affiliates" (by weight), or an organ: those seated on it
  Names sections;     // of members: only these; empty: all
  Names organs;       // of affiliates: only these; empty: all
  Length member_for;  // of members: since at least
};

// So many of those who apply, or the contest opens again.
struct Minimum {
  Place place;
  std::string characteristic;
  std::int64_t at_least = 0;
};

struct ContestRule {
  Place place;
  std::string electorate;
  std::string rule;              // of counting
  Length notice;                 // from the call to the opening of applications
  Length applications;           // how long they are open
  Length campaign;               // from their close to the ballot
  Length ballot;                 // how long it is open
  std::int64_t nominations = 0;  // by other members, that an application needs
  Length member_for;             // who applies
  std::string unopposed;         // "elected", "ballot" (against re-opening), or "reopen"
  Length reopen_for;             // for how long applications re-open
  Length withdrawal_window;      // a withdrawal so shortly before the close lets the officer extend it
  std::string suspended;         // a candidate suspended during the election "stays" or is "struck"
  std::string vacancy;           // "contest" or "countback"
  std::string appeals;           // the organ that hears them; may be empty
  std::vector<Minimum> minima;
};

struct SlateRule {
  Place place;
  std::string organ;       // in whose name the slate is endorsed
  std::string electorate;  // who choose it
  std::string contest;
  std::string rule;
  std::int64_t size = 1;
  Length proposals;  // how long names may be proposed
  Length ballot;
};

struct PetitionRule {
  Place place;
  std::string electorate;
  Threshold threshold;
  Length open_for;
  bool private_signatures = false;
  std::string triggers;  // "motion" or "recall"
  std::string motion;    // of such rules
  Length ballot_within;  // of a recall: the day on which the ballot opens
  Length ballot;
  Threshold majority;
  std::string recall_electorate;
};

struct MotionRule {
  Place place;
  std::string organ;  // whose decision it becomes
  std::string electorate;
  std::int64_t seconders = 0;
  Length amendments;                     // how long amendments may be proposed
  std::int64_t amendment_seconders = 0;  // with so many it is voted on; 0: the mover alone takes amendments up
  Length debate;                         // how long at least the motion is debated, amendments included
  Length ballot_within;                  // after the debate; later is overdue
  Length ballot;
  Threshold majority;
  Threshold turnout;
  bool changes_charter = false;
};

struct Discipline {
  Place place;
  Names rules;                 // of conduct
  std::string panel, appeals;  // organs
  std::int64_t panel_size = 3;
  Length notice;  // for the member's reply
  Length decide_within, appeal_within, appeal_decided_within;
  Length longest_suspension;
};

struct Accountability {
  Place place;
  Length answer_within, report_within;
};

struct Spending {
  Place place;
  std::int64_t limit = 0;  // from which a mandate is needed, in the smallest unit of money
  std::string mandates;    // the organ that gives them
};

struct Caucuses {
  Place place;
  std::int64_t members = 1;           // to be recognised
  std::int64_t statement_length = 0;  // characters
  std::int64_t mailings = 0;          // for each decision or contest
};

struct Moderation {
  Place place;
  Length decide_within;
  std::string appeals;
};

struct Elections {
  Place place;
  std::int64_t trustees = 1;   // at least
  std::int64_t threshold = 1;  // of them to open the tally
};

struct Charter {
  std::string name;
  bool supporters = false;  // people who take part without a vote
  Length affiliates_answered_within;
  Names privileged;  // posts whose holders may be the second person of a privileged act
  Named<Names> duties;
  Named<Organ> organs;
  Named<Post> posts;
  Named<Electorate> electorates;
  Named<ContestRule> contests;
  Named<SlateRule> slates;
  Named<PetitionRule> petitions;
  Named<MotionRule> motions;
  Discipline discipline;
  Accountability accountability;
  Spending spending;
  Caucuses caucuses;
  Moderation moderation;
  Elections elections;
  std::string text;  // as it was written

  // Whether `what` ("@organ", "@post", "@contest", …) of that name exists.
  [[nodiscard]] bool has(std::string_view what, std::string_view name) const;
  // Whether the organ's decisions bind the other: it is above it, or is it.
  [[nodiscard]] bool binds(std::string_view organ, std::string_view other) const;
  // The organ to which the power is reserved, or null.
  [[nodiscard]] const std::string* reserved_to(std::string_view power) const;
  // Whose holders have that duty.
  [[nodiscard]] const Names& posts_for(std::string_view duty) const;
};

// The work that a charter must give to posts, each to one or more.
inline constexpr std::array<std::string_view, 7> all_duties{"roll",     "contests",   "decisions", "discipline",
                                                            "spending", "moderation", "texts"};

// What is wrong with a charter, and where.
struct Problem {
  std::size_t line = 0;
  std::string rule;
  std::string message;
  friend bool operator==(const Problem&, const Problem&) = default;
};
// "line 12: posts.chair.contest: no such contest: \"chairs\"", a line each.
std::string describe(const std::vector<Problem>& problems);

inline constexpr std::size_t longest_charter = 45'000;

// Reads a charter of any bytes. Fails with all that is wrong: not TOML, an unknown key, a missing one, a value of the
// wrong form, and what check() finds.
tl::expected<Charter, std::vector<Problem>> read_charter(std::string_view text);

}  // namespace folkmoot::charter
