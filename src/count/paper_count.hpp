// A count that moves papers: Counting with piles of papers and each candidate's votes.
#pragma once

#include <algorithm>
#include <vector>

#include "count/counting.hpp"
#include "count/piles.hpp"

namespace folkmoot::count {

// `Value` is the rule's number, for the value of a paper and for votes.
template <class Value>
class PaperCount : public Counting {
 protected:
  PaperCount(const Contest& contest, const Options& options) : PaperCount(contest, options, Rankings(contest)) {}
  PaperCount(const Contest& contest, const Options& options, Rankings rankings)
      : Counting(contest, options, Value::places),
        rankings_(std::move(rankings)),
        piles_(rankings_, candidates()),
        votes_(candidates()) {
    transcript_.papers = rankings_.valid();
  }

  // For a rule that counts from the start again: nobody holds any paper.
  void take_all_back() {
    piles_ = Piles<Value>(rankings_, candidates());
    votes_.assign(candidates(), Value{});
    nontransferable_ = loss_ = Value{};
  }

  // A stage: every paper to its first preference for a continuing candidate, at the value 1.
  void count_first_preferences(std::vector<Candidate> after = {}) {
    open_stage(after.empty() ? Stage::Kind::first : Stage::Kind::exclusion, std::move(after));
    Parcel<Value> all = piles_.all(Value(1));
    transfer(nobody, all.entries, Value(1));
    record();
  }

  // Moves papers, each at `value`, to the continuing candidates next preferred on them, and enters that in the stage.
  // Returns the votes given, those to nobody included.
  Value transfer(Candidate from, const std::vector<std::uint32_t>& entries, Value value) {
    Value given{};
    piles_.sort(
        entries, value, [this](Candidate candidate) { return is_continuing(candidate); },
        [&](Candidate to, Parcel<Value> parcel) {
          const Value votes = value * parcel.papers;
          given += votes;
          enter(from, to, parcel.papers, votes);
          follow(parcel.entries, to, value.rational());
          if (to == nobody) {
            nontransferable_ += votes;
          } else {
            votes_[to] += votes;
            parcel.batch = batch_;
            piles_.lay(to, std::move(parcel));
          }
        });
    return given;
  }

  // A stage: the surplus of a candidate over `quota` is passed on by all of the candidate's papers (inclusive Gregory),
  // each at surplus × its value / all votes of the candidate, rounded down.
  void pass_on_surplus(Candidate from, Value quota, std::string paragraph) {
    const Value total = votes_[from];
    const Value surplus = total - quota;
    open_surplus(from, surplus.rational(), std::move(paragraph));
    Value given{};
    for (const Parcel<Value>& parcel : piles_.take(from))
      given += transfer(from, parcel.entries, muldiv(parcel.value, surplus, total, Round::down));
    stage().transfer_value = surplus.rational() / total.rational();
    votes_[from] = quota;
    loss_ += surplus - given;
    record();
  }

  // A stage: excluded candidates' papers are all passed on, each at the value it came with.
  void pass_on_excluded(const std::vector<Candidate>& which) {
    open_stage(Stage::Kind::exclusion, which);
    for (const Candidate from : which) {
      for (const Parcel<Value>& parcel : piles_.take(from)) transfer(from, parcel.entries, parcel.value);
      votes_[from] = Value{};
    }
    record();
  }

  // See count::sure_losers.
  [[nodiscard]] std::vector<Candidate> sure_losers(Value surplus, bool or_equal) const {
    const std::vector<Candidate> losers = count::sure_losers(continuing(), votes_, surplus, vacancies(), or_equal);
    return may_exclude(losers) ? losers : std::vector<Candidate>();
  }

  // One line of the stage's transfers; lines between the same two are added up.
  void enter(Candidate from, Candidate to, std::int64_t papers, Value votes) {
    for (Transfer& line : stage().transfers) {
      if (line.from != from || line.to != to) continue;
      line.papers += papers;
      line.votes += votes.rational();
      return;
    }
    stage().transfers.push_back({from, to, papers, votes.rational()});
  }

  // Enters the figures in the stage.
  void record() {
    Stage& now = stage();
    now.votes.clear();
    now.papers.clear();
    for (std::size_t candidate = 0; candidate < candidates(); ++candidate) {
      now.votes.push_back(votes_[candidate].rational());
      now.papers.push_back(piles_.papers(static_cast<Candidate>(candidate)));
    }
    now.nontransferable = nontransferable_.rational();
    now.loss = loss_.rational();
  }

  // Those with at least `quota`, most votes first, equals in order of nomination.
  [[nodiscard]] std::vector<Candidate> with_quota(Value quota) const {
    std::vector<Candidate> found;
    for (const Candidate candidate : continuing())
      if (votes_[candidate] >= quota) found.push_back(candidate);
    std::ranges::sort(
        found, [this](Candidate a, Candidate b) { return votes_[a] == votes_[b] ? a < b : votes_[a] > votes_[b]; });
    return found;
  }

  Rankings rankings_;
  Piles<Value> piles_;
  std::vector<Value> votes_;
  Value nontransferable_{};
  Value loss_{};           // by fractions cut off
  std::size_t batch_ = 0;  // of papers transferred now; stays 0 in rules that only care for values
};

}  // namespace folkmoot::count
