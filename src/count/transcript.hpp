// The record of a count: every stage with its figures, every decision with its reason and the paragraph that orders it.
// Rules write it; the renderings, `explain`, `compare` and `trail` read nothing else.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "count/contest.hpp"
#include "count/exact.hpp"

namespace folkmoot::count {

// Something decided at a stage.
struct Event {
  enum class Kind { quota, elected, surplus, excluded, tie, note };
  Kind kind;
  std::vector<Candidate> candidates;  // whom it concerns
  std::string reason;                 // in words, without the names
  std::string paragraph;              // of the rule's text: "r.51(1)"
};

// A tie: who was equal, for what, and how it was decided.
struct Tie {
  std::size_t stage;  // the stage, from 1, after which it had to be decided
  std::vector<Candidate> tied;
  std::string purpose;  // "exclusion", "surplus", "election"
  Candidate chosen;
  bool by_lot;
  std::string how;  // "fewer votes at stage 2", "lot: …"
};

// Papers moved from one candidate (nobody: first preferences) to another (nobody: not transferable).
struct Transfer {
  Candidate from;
  Candidate to;
  std::int64_t papers;
  Rational votes;
};

struct Stage {
  enum class Kind { first, surplus, exclusion, iteration, final };
  Kind kind = Kind::first;
  bool part = false;            // more papers of the same surplus or exclusion follow at the next stage
  std::vector<Candidate> from;  // whose papers moved
  std::optional<Rational> transfer_value;
  std::optional<Rational> quota;     // where it changes from stage to stage
  std::vector<Rational> votes;       // of each candidate, at the end of the stage
  std::vector<std::int64_t> papers;  // held by each, where papers are held whole
  std::vector<Rational> keep;        // keep values (Meek, Warren)
  std::vector<Rational> quotients;   // (QPQ)
  Rational nontransferable;
  Rational loss;  // by fractions cut off (negative: gained by rounding up)
  std::vector<Transfer> transfers;
  std::vector<Event> events;  // in order; elections and exclusions decided on these figures
};

// Where the paper that Options::follow names lies from a stage on: a candidate (nobody: it is exhausted) and the value
// it has there. Rules by keep values give each stage's shares, one step for each candidate who keeps some.
struct TrailStep {
  std::size_t stage;  // from 1
  Candidate holder;
  Rational value;
};

struct Transcript {
  std::string rule;    // the name in the registry
  std::string source;  // its normative text
  std::string title;
  std::size_t seats = 0;
  std::vector<std::string> candidates;
  std::vector<Candidate> withdrawn;
  std::int64_t papers = 0;  // valid papers
  int places = 0;           // decimals of the figures; -1: exact fractions
  std::optional<Rational> quota;
  std::vector<Candidate> winners;                   // in order of election
  std::vector<std::vector<Candidate>> order;        // rules that rank all: best first, equals together
  std::vector<std::vector<std::int64_t>> pairwise;  // rules that compare pairs: [a][b] papers prefer a to b
  std::vector<Tie> ties;
  std::vector<Stage> stages;
  std::vector<TrailStep> trail;
  std::vector<std::string> notes;

  [[nodiscard]] const std::string& name(Candidate candidate) const { return candidates[candidate]; }
  [[nodiscard]] std::string names(const std::vector<Candidate>& which) const;  // "A, B and C"
  [[nodiscard]] std::string figure(const Rational& value) const { return to_text(value, places); }
};

// What the stage did, in a few words: "Surplus of A", "Exclusion of B and C".
std::string describe(const Transcript& transcript, const Stage& stage);

std::string_view name_of(Stage::Kind kind);
std::string_view name_of(Event::Kind kind);

// Compact JSON. Figures are strings of decimals, or of fractions `p/q` where the rule doesn't round:
// {"rule","source","title","seats","candidates":[…],"withdrawn":[…],"papers","quota","winners":[…],"order":[[…]…],"pairwise":[[…]…]?,
//  "ties":[{"stage","tied","purpose","chosen","lot","how"}],
//  "stages":[{"stage","kind","part"?,"title","from","transfer_value"?,"quota"?,"votes":{name:…},"papers":{…}?,"keep":{…}?,"quotients":{…}?,
//             "nontransferable","loss","transfers":[{"from","to","papers","votes"}],
//             "events":[{"kind","candidates","reason","paragraph"}]}],"notes":[…]}
std::string to_json(const Transcript& transcript);

}  // namespace folkmoot::count
