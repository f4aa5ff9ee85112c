// What counts by elimination have in common: who is continuing, elected or excluded, and how a decision, a stage or a
// tie enters the transcript. A rule is a class on top of this one, which says in the order of its text what is done.
#pragma once

#include <algorithm>
#include <optional>
#include <vector>

#include "count/options.hpp"
#include "count/transcript.hpp"

namespace folkmoot::count {

enum class Extreme { fewest, most };

// Which earlier stages decide between candidates who are equal now.
enum class Look {
  backwards,        // the latest stage at which they were unequal
  forwards,         // the earliest
  all_different,    // the latest stage at which no two of them were equal
  backwards_whole,  // as backwards, but only stages at which a surplus or an exclusion was finished
  nowhere           // none: the rule goes straight to the lot
};

class Counting {
 public:
  // `contest` has passed `check`, and has seats unless `options` gives them; both outlive the count.
  Counting(const Contest& contest, const Options& options, int places);

 protected:
  [[nodiscard]] std::size_t candidates() const { return status_.size(); }
  [[nodiscard]] std::size_t seats() const { return transcript_.seats; }
  [[nodiscard]] bool is_continuing(Candidate candidate) const { return status_[candidate] == State::continuing; }
  [[nodiscard]] bool is_elected(Candidate candidate) const { return status_[candidate] == State::elected; }
  [[nodiscard]] std::vector<Candidate> continuing() const;  // in order of nomination
  [[nodiscard]] std::size_t vacancies() const { return seats() - transcript_.winners.size(); }

  // Constraints (without any: everyone may be elected and excluded, nobody is doomed). `may_elect`: electing the
  // candidate now leaves a way to keep them. `excludable`: from whom the next is excluded: the doomed if there are any,
  // else the continuing who are not guarded; never empty as long as more continue than there are vacancies.
  [[nodiscard]] bool may_elect(Candidate candidate) const;
  [[nodiscard]] std::vector<Candidate> excludable() const;
  [[nodiscard]] bool anyone_doomed() const { return !verdict_.doomed.empty(); }
  [[nodiscard]] bool may_exclude(const std::vector<Candidate>& which) const;

  // Decisions, on the figures of the latest stage.
  void elect(Candidate candidate, std::string reason, std::string paragraph);
  void exclude(const std::vector<Candidate>& which, std::string reason, std::string paragraph);
  // For a rule that starts again: those elected are continuing once more.
  void unelect_all();
  void set_quota(const Rational& quota, std::string reason, std::string paragraph);
  void note(std::string text, std::string paragraph);

  // A new stage; figures are filled in before any decision.
  Stage& open_stage(Stage::Kind kind, std::vector<Candidate> from);
  [[nodiscard]] Stage& stage() { return transcript_.stages.back(); }

  // A new stage, in which a candidate's surplus is passed on.
  Stage& open_surplus(Candidate from, const Rational& surplus, std::string paragraph);

  // Lists those elected at the latest stage in order of nomination, for rules that deem them elected at once.
  void list_by_nomination();

  // Of `tied` (at least one, equal now) the one that had the fewest or the most votes earlier, or else by lot. Both
  // ways are recorded; one candidate alone is no tie. If several are still equal at the deciding stage, the search goes
  // on among those.
  Result<Candidate> decide(std::vector<Candidate> tied, Extreme extreme, Look look, const std::string& purpose,
                           const std::string& paragraph);
  Result<Candidate> draw(const std::vector<Candidate>& tied, const std::string& purpose, const std::string& paragraph);

  // Enters where the followed paper lies from this stage on, if it is among `entries`.
  void follow(const std::vector<std::uint32_t>& entries, Candidate holder, const Rational& value);
  [[nodiscard]] const std::optional<std::size_t>& followed() const { return options_.follow; }

  // For a rule with a way of its own to decide.
  void record_tie(Tie tie, const std::string& paragraph);

  Transcript transcript_;

 private:
  enum class State : std::uint8_t { continuing, elected, excluded, withdrawn };

  void judge();  // after each decision: who is guarded, who is doomed

  const Options& options_;
  std::vector<State> status_;
  std::optional<ConstraintTable> constraints_;
  ConstraintTable::Verdict verdict_;
};

// The candidates of `which` with the extreme figure, in order of nomination. `which` is not empty.
template <class Figures>
std::vector<Candidate> extremes(const std::vector<Candidate>& which, Extreme extreme, const Figures& figures) {
  std::vector<Candidate> found;
  for (const Candidate candidate : which) {
    if (!found.empty()) {
      const auto& best = figures[found.front()];
      const auto& here = figures[candidate];
      if (extreme == Extreme::fewest ? best < here : here < best) continue;
      if (here != best) found.clear();
    }
    found.push_back(candidate);
  }
  return found;
}

// The largest set of lowest candidates of `continuing` who can't be elected, even if the rest of the set and all of
// `surplus` came to one of them: together less than the next candidate (or no more, with `or_equal`), and others enough
// for the vacancies are left. Candidates with equal votes stay together. In order of nomination.
template <class Value>
std::vector<Candidate> sure_losers(std::vector<Candidate> continuing, const std::vector<Value>& votes,
                                   const Value& surplus, std::size_t vacancies, bool or_equal) {
  std::ranges::sort(continuing,
                    [&](Candidate a, Candidate b) { return votes[a] == votes[b] ? a < b : votes[a] < votes[b]; });
  std::size_t losers = 0;
  Value sum = surplus;
  for (std::size_t i = 0; i + 1 < continuing.size() && continuing.size() - (i + 1) >= vacancies; ++i) {
    sum += votes[continuing[i]];
    const Value& next = votes[continuing[i + 1]];
    if (sum < next || (or_equal && sum == next && votes[continuing[i]] < next)) losers = i + 1;
  }
  continuing.resize(losers);
  std::ranges::sort(continuing);
  return continuing;
}

}  // namespace folkmoot::count
