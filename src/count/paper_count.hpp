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
  PaperCount(const Contest& contest, const Options& options)
      : Counting(contest, options, Value::places),
        rankings_(contest),
        piles_(rankings_, candidates()),
        votes_(candidates()) {
    transcript_.papers = rankings_.valid();
  }

  // Stage 1: every paper to its first preference, at the value 1.
  void count_first_preferences() {
    open_stage(Stage::Kind::first, {});
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
          if (to == nobody) {
            nontransferable_ += votes;
          } else {
            votes_[to] += votes;
            piles_.merge(to, std::move(parcel));
          }
        });
    return given;
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
    std::ranges::stable_sort(found, [this](Candidate a, Candidate b) { return votes_[a] > votes_[b]; });
    return found;
  }

  Rankings rankings_;
  Piles<Value> piles_;
  std::vector<Value> votes_;
  Value nontransferable_{};
  Value loss_{};  // by fractions cut off
};

}  // namespace folkmoot::count
