// Ranked-choice voting as US ordinances have it: one seat (instant run-off), or several by weighted inclusive Gregory
// with four decimals. The ordinances differ in what they make of overvotes, skipped ranks and hopeless candidates; what
// is chosen stands in Options::ranked_choice, and each of the choices below names it.
//
// Sources: Minneapolis Code of Ordinances §167.60–70; Maine Revised Statutes title 21-A §723-A; San Francisco Charter
// §13.102. The figures are those of RCTab 2 (Ranked Choice Voting Resource Center), which many of these places use.
//
// Readings. A paper is read from its first rank again each time it has to move. The threshold of one seat is a majority
// of the papers that still count; that of several seats is fixed by the first round. A round of the transcript is a
// stage. What remains with a winner beyond the threshold, because transfers are cut off, is lost.
#include "count/counting.hpp"
#include "count/rules/rules.hpp"

namespace folkmoot::count {
namespace {

using Votes = Fixed<4>;

class RankedChoiceVoting : Counting {
 public:
  RankedChoiceVoting(const Contest& contest, const Options& options)
      : Counting(contest, options, 4),
        choices_(options.ranked_choice),
        papers_(contest.papers),
        states_(papers_.size()),
        votes_(candidates()) {
    if (seats() == 1) transcript_.places = 0;
    for (std::size_t entry = 0; entry < papers_.size(); ++entry)
      if (!papers_.marks(entry).empty()) transcript_.papers += papers_.weight(entry);
    for (std::size_t candidate = 0; candidate < candidates(); ++candidate)
      if (!choices_.write_ins.empty() && contest.candidates[candidate] == choices_.write_ins)
        write_ins_ = static_cast<Candidate>(candidate);
  }

  Result<Transcript> run() {
    bool surplus_waits = false;
    while (vacancies() > 0 || surplus_waits) {
      open_stage(transcript_.stages.empty() ? Stage::Kind::first : kind_, std::exchange(moved_, {}));
      tally();
      if (seats() == 1 || transcript_.stages.size() == 1) fix_threshold();
      stage().quota = threshold_.rational();
      const std::vector<Candidate> winners = TRY(find_winners());
      surplus_waits = !winners.empty() && seats() > 1;
      if (!winners.empty()) {
        for (const Candidate winner : winners) {
          elect(winner, votes_[winner] >= threshold_ ? "has the threshold" : "no more candidates than seats are left",
                "winner");
          if (seats() > 1) set_surplus_free(winner);
        }
        kind_ = Stage::Kind::surplus;
        moved_ = winners;
      } else if (vacancies() > 0) {
        if (continuing().empty()) break;
        TRY(eliminate());
      }
    }
    return std::move(transcript_);
  }

 private:
  struct State {
    Candidate holder = nobody;
    bool exhausted = false;
    Votes value{1};  // of each paper
  };

  // Gives each paper that has to move to a candidate, or exhausts it; then adds up.
  void tally() {
    std::map<std::pair<Candidate, Candidate>, std::pair<std::int64_t, Votes>> moves;
    for (std::size_t entry = 0; entry < papers_.size(); ++entry) {
      State& state = states_[entry];
      if (papers_.marks(entry).empty() || state.exhausted) continue;
      if (state.holder != nobody && is_continuing(state.holder)) continue;
      const Candidate from = state.holder;
      state.holder = vacancies() == 0 ? nobody : next(entry);
      state.exhausted = state.holder == nobody;
      const Votes votes = state.value * papers_.weight(entry);
      if (state.exhausted) {
        exhausted_ += votes;
      } else {
        votes_[state.holder] += votes;
      }
      auto& [papers, sum] = moves[{from, state.holder}];
      papers += papers_.weight(entry);
      sum += votes;
    }
    for (const auto& [between, move] : moves)
      stage().transfers.push_back({between.first, between.second, move.first, move.second.rational()});
    for (const Candidate candidate : std::exchange(emptied_, {})) votes_[candidate] = Votes{};
    for (const auto& [winner, kept] : std::exchange(kept_, {})) votes_[winner] = kept;
    for (const Votes& votes : votes_) stage().votes.push_back(votes.rational());
    stage().nontransferable = exhausted_.rational();
    stage().loss = residual_.rational();
  }

  // The candidate a paper counts for now, or nobody.
  [[nodiscard]] Candidate next(std::size_t entry) const {
    using Overvote = RankedChoice::Overvote;
    const std::span<const Mark> marks = papers_.marks(entry);
    std::vector<Candidate> seen;
    std::int64_t last_rank = 0;
    for (std::size_t from = 0, to = 0; from < marks.size(); from = to) {
      while (to < marks.size() && marks[to].rank == marks[from].rank) ++to;
      const std::int64_t rank = marks[from].rank;
      if (choices_.skipped_ranks >= 0 && rank - last_rank > choices_.skipped_ranks + 1) return nobody;
      last_rank = rank;
      if (choices_.exhaust_on_repeat)
        for (std::size_t i = from; i < to; ++i) {
          if (std::ranges::count(seen, marks[i].candidate) > 0) return nobody;
          seen.push_back(marks[i].candidate);
        }
      std::vector<Candidate> left;
      for (std::size_t i = from; i < to; ++i)
        if (marks[i].candidate != overvote && is_continuing(marks[i].candidate)) left.push_back(marks[i].candidate);
      const bool several = to - from > 1 || marks[from].candidate == overvote;
      if (several && choices_.overvote == Overvote::exhaust) return nobody;
      if (several && choices_.overvote == Overvote::skip) continue;
      if (several && (left.size() > 1 || marks[from].candidate == overvote)) return nobody;
      if (!left.empty()) return left.front();
    }
    return nobody;
  }

  void fix_threshold() {
    Votes active{};
    for (const Candidate candidate : continuing()) active += votes_[candidate];
    const auto divisor = static_cast<std::int64_t>(seats() + 1);
    const bool whole = seats() == 1 || choices_.whole_threshold;
    threshold_ = whole ? Votes(active.units() / Votes::unit / divisor + 1)
                       : Votes::of_units(active.units() / divisor) + Votes::epsilon();
    if (!transcript_.quota)
      set_quota(threshold_.rational(), "votes / (seats + 1), and the next number above", "threshold");
  }

  Result<std::vector<Candidate>> find_winners() {
    if (write_ins_ != nobody && is_continuing(write_ins_) && votes_[write_ins_] > Votes{})
      return std::vector<Candidate>{};
    std::vector<Candidate> left = continuing();
    if (choices_.until_two && seats() == 1 && left.size() > 2) return std::vector<Candidate>{};
    std::vector<Candidate> winners;
    for (const Candidate candidate : left)
      if (votes_[candidate] >= threshold_ || left.size() <= vacancies()) winners.push_back(candidate);
    if (vacancies() == 0) return std::vector<Candidate>{};
    if (winners.empty() && seats() == 1 && left.size() == 2)
      winners = {TRY(draw(extremes(left, Extreme::most, votes_), "election", "equality"))};
    std::ranges::sort(
        winners, [this](Candidate a, Candidate b) { return votes_[a] == votes_[b] ? a < b : votes_[a] > votes_[b]; });
    return winners;
  }

  // Each paper of a winner goes on at value × surplus fraction; both are cut off. The rest stays.
  void set_surplus_free(Candidate winner) {
    const Votes votes = votes_[winner];
    const Votes surplus = votes > threshold_ ? votes - threshold_ : Votes{};
    if (surplus > Votes{})
      stage().events.push_back({Event::Kind::surplus,
                                {winner},
                                transcript_.figure(surplus.rational()) + " votes over the threshold are passed on",
                                "surplus"});
    const Votes fraction = votes > Votes{} ? divide(surplus, votes, Round::down) : Votes{};
    Votes kept{};
    for (std::size_t entry = 0; entry < papers_.size(); ++entry) {
      State& state = states_[entry];
      if (state.holder != winner || state.exhausted) continue;
      const Votes passed = multiply(state.value, fraction, Round::down);
      kept += (state.value - passed) * papers_.weight(entry);
      state.value = passed;
    }
    if (kept > threshold_) {
      residual_ += kept - threshold_;
      kept = threshold_;
    }
    kept_.emplace_back(winner, kept);
  }

  Status eliminate() {
    std::vector<Candidate> losers;
    std::string reason;
    if (write_ins_ != nobody && is_continuing(write_ins_) && votes_[write_ins_] > Votes{}) {
      losers = {write_ins_};
      reason = "undeclared write-ins";
    } else if (choices_.batch && seats() == 1) {
      losers = sure_losers(continuing(), votes_, Votes{}, choices_.until_two ? 2 : 1, false);
      reason = "together less than the next candidate";
    }
    if (losers.empty() || (losers.size() == 1 && losers.front() != write_ins_)) {
      losers = {TRY(draw(extremes(continuing(), Extreme::fewest, votes_), "exclusion", "equality"))};
      reason = "has the fewest votes";
    }
    exclude(losers, reason, "elimination");
    emptied_ = losers;
    kind_ = Stage::Kind::exclusion;
    moved_ = losers;
    return {};
  }

  const RankedChoice& choices_;
  const Papers& papers_;
  std::vector<State> states_;
  std::vector<Votes> votes_;
  Votes threshold_{};
  Votes exhausted_{};
  Votes residual_{};
  Candidate write_ins_ = nobody;
  std::vector<Candidate> emptied_;                 // eliminated: to be 0 at the next round
  std::vector<std::pair<Candidate, Votes>> kept_;  // elected: what they keep from the next round on
  std::vector<Candidate> moved_;                   // whose papers move at the next round
  Stage::Kind kind_ = Stage::Kind::exclusion;
};

}  // namespace

const Rule rcv_us{
    "rcv-us",
    "Ranked-choice voting (US cities and states)",
    "ordinances, as tabulated by RCTab",
    {},
    [](const Contest& contest, const Options& options) { return RankedChoiceVoting(contest, options).run(); }};

}  // namespace folkmoot::count
