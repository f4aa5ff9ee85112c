// Meek's method as New Zealand's councils and health boards use it, and as I. D. Hill set it out in 2006.
//
//   meek-nz    Local Electoral Regulations 2001 (New Zealand), Schedule 1A
//   meek-2006  I. D. Hill, “Implementing STV by Meek's method”, Voting matters 22 (2006)
//
// Both work with nine decimals: a candidate keeps value × keep value rounded up, a new keep value is rounded up, and
// the quota is the votes held by candidates / (seats + 1) plus 0.000000001. They differ for one seat, where the
// regulations ask for an absolute majority: a whole number of votes.
//
// Readings.
// - The lowest candidate is excluded as soon as the difference to the next lowest exceeds the total surplus, or when
// the
//   surplus falls below 0.0001. Candidates without votes then go together.
// - Where hardly any votes are left in play, nine decimals can be too few for the surplus to fall below 0.0001: if a
//   hundred iterations don't lessen it, the lowest is excluded.
// - Equal lowest candidates: the one behind when they first differed goes; then the lot.
// - A stage of the transcript is an iteration at which something was decided.
#include "count/keep_count.hpp"
#include "count/rules/rules.hpp"

namespace folkmoot::count {
namespace {

using Votes = Fixed<9>;

class MeekHill : KeepCount<Votes> {
 public:
  MeekHill(const Contest& contest, const Options& options, std::string_view text, bool absolute_majority)
      : KeepCount(contest, options),
        text_(text),
        absolute_majority_(absolute_majority && seats() == 1),
        class_(candidates(), 0) {}

  Result<Transcript> run() {
    while (true) {
      if (continuing().size() <= vacancies()) {
        if (transcript_.stages.empty()) {
          count_votes();
          decide_here();
        }
        for (const Candidate candidate : continuing())
          elect(candidate, "seats are left for all who remain", cite("end"));
        break;
      }
      count_votes();
      elect_winners();
      if (vacancies() == 0) break;
      std::vector<Candidate> out = TRY(whom_to_exclude());
      const bool stalled = out.empty() && stalled_ > 100;
      if (stalled || !update_keep_values(out)) {
        decide_here();
        const Candidate lowest = TRY(lowest_candidate());
        Counting::exclude({lowest}, "has the fewest votes, and nothing changes any more", cite("exclusion"));
        drop({lowest});
        dropped_.push_back(lowest);
      }
    }
    return std::move(transcript_);
  }

 private:
  [[nodiscard]] std::string cite(std::string_view step) const { return fmt::format("{}, {}", text_, step); }

  void count_votes() {
    distribute(keep_rounded_up);
    decided_here_ = false;
    quota_ = muldiv(active_, Votes(1), Votes(static_cast<std::int64_t>(seats() + 1)), Round::down) + Votes::epsilon();
    if (absolute_majority_) require_majority();
    // Refine who was ahead of whom when they first differed.
    std::vector<Candidate> order(candidates());
    for (std::size_t i = 0; i < order.size(); ++i) order[i] = static_cast<Candidate>(i);
    const auto key = [this](Candidate c) { return std::pair(class_[c], votes_[c]); };
    std::ranges::sort(order, {}, key);
    std::vector<std::size_t> refined(candidates());
    for (std::size_t i = 1; i < order.size(); ++i)
      refined[order[i]] = key(order[i]) == key(order[i - 1]) ? refined[order[i - 1]] : i;
    class_ = std::move(refined);
  }

  // One seat: the quota is a whole number; where two candidates share all votes equally it is what neither has.
  void require_majority() {
    const std::int64_t whole = quota_.units() / Votes::unit;
    quota_ = quota_ - Votes(whole) > Votes::epsilon() ? Votes(whole + 1) : Votes(whole);
    std::size_t there = 0;
    for (const Candidate candidate : continuing()) there += votes_[candidate] >= quota_ ? 1 : 0;
    if (there > vacancies()) quota_ += Votes::epsilon();
  }

  // Enters this iteration as a stage, once.
  void decide_here() {
    if (decided_here_) return;
    record(std::exchange(dropped_, {}), quota_);
    decided_here_ = true;
    least_surplus_ = Votes(valid_);
    stalled_ = 0;
  }

  void elect_winners() {
    std::vector<Candidate> winners;
    for (const Candidate candidate : continuing())
      if (votes_[candidate] >= quota_ && may_elect(candidate)) winners.push_back(candidate);
    if (winners.empty()) return;
    decide_here();
    std::ranges::sort(
        winners, [this](Candidate a, Candidate b) { return votes_[a] == votes_[b] ? a < b : votes_[a] > votes_[b]; });
    for (const Candidate candidate : winners)
      if (vacancies() > 0 && may_elect(candidate)) elect(candidate, "has the quota", cite("election"));
  }

  // The lowest continuing candidate; of equals, the one behind at the first difference; then by lot.
  Result<Candidate> lowest_candidate() {
    const std::vector<Candidate> tied = extremes(excludable(), Extreme::fewest, votes_);
    const std::vector<Candidate> behind = extremes(tied, Extreme::fewest, class_);
    if (behind.size() > 1) return draw(behind, "exclusion", cite("equality"));
    if (tied.size() > 1)
      record_tie(
          {transcript_.stages.size(), tied, "exclusion", behind.front(), false, "behind when they first differed"},
          cite("equality"));
    return behind.front();
  }

  // Those who can be excluded now, and are.
  Result<std::vector<Candidate>> whom_to_exclude() {
    const Votes surplus = surplus_over(quota_);
    const bool no_surplus = surplus < Votes::of_units(100'000);  // 0.0001
    stalled_ = surplus < least_surplus_ ? 0 : stalled_ + 1;
    least_surplus_ = std::min(surplus, least_surplus_);
    std::vector<Candidate> voteless;
    Votes least = quota_;
    Votes next = quota_;
    for (const Candidate candidate : excludable()) {
      const Votes votes = votes_[candidate];
      if (votes == Votes{}) {
        voteless.push_back(candidate);
      } else if (votes < least) {
        next = least;
        least = votes;
      } else if (votes < next) {
        next = votes;
      }
    }
    std::vector<Candidate> out;
    std::string reason;
    if (anyone_doomed()) {
      decide_here();
      out = excludable();
    } else if (voteless.size() >= 2 && may_exclude(voteless)) {
      if (!no_surplus) return out;
      decide_here();
      const std::size_t spare = continuing().size() - vacancies();
      if (voteless.size() <= spare) {
        out = voteless;
      } else {
        for (std::size_t i = 0; i < spare; ++i) {
          out.push_back(TRY(draw(voteless, "exclusion", cite("equality"))));
          std::erase(voteless, out.back());
        }
        std::ranges::sort(out);
      }
      reason = "no votes";
    } else if (!voteless.empty() ? voteless.size() == 1 && least > surplus : next - least > surplus) {
      decide_here();
      out = extremes(excludable(), Extreme::fewest, votes_);
      reason = "the lowest can’t overtake: the difference to the next exceeds the surplus";
    } else if (no_surplus) {
      decide_here();
      out.push_back(TRY(lowest_candidate()));
      reason = "has the fewest votes, and no surplus remains";
    }
    if (!out.empty()) Counting::exclude(out, reason, cite("exclusion"));
    return out;
  }

  // New keep values: keep × quota / votes for those above the quota. False if nothing changes from here on.
  bool update_keep_values(const std::vector<Candidate>& out) {
    bool changed = false;
    for (const Candidate candidate : out) changed = changed || votes_[candidate] > Votes{};
    for (const Candidate candidate : transcript_.winners) {
      if (votes_[candidate] <= quota_) continue;
      const Votes keep = divide(multiply(quota_, keep_[candidate], Round::up), votes_[candidate], Round::up);
      changed = changed || keep != keep_[candidate];
      keep_[candidate] = std::min(keep, Votes(1));
    }
    if (!out.empty()) {
      drop(out);
      dropped_.insert(dropped_.end(), out.begin(), out.end());
      changed = true;  // the next lowest is for the next iteration to find
    }
    return changed;
  }

  std::string text_;
  bool absolute_majority_;
  Votes quota_{};
  std::vector<Candidate> dropped_;  // since the last stage
  bool decided_here_ = false;
  Votes least_surplus_ = Votes(valid_);  // since the last decision
  int stalled_ = 0;                      // iterations since it was reached
  std::vector<std::size_t> class_;       // higher: was ahead when they first differed
};

}  // namespace

const Rule meek_nz{"meek-nz",
                   "Meek (New Zealand councils)",
                   "Local Electoral Regulations 2001 (NZ), Schedule 1A",
                   {Trait::parts_papers, Trait::keeps_constraints},
                   [](const Contest& contest, const Options& options) {
                     return MeekHill(contest, options, "Schedule 1A", true).run();
                   }};
const Rule meek_2006{"meek-2006",
                     "Meek (Hill 2006)",
                     "I. D. Hill, Voting matters 22, 2006",
                     {Trait::parts_papers, Trait::keeps_constraints},
                     [](const Contest& contest, const Options& options) {
                       return MeekHill(contest, options, "Hill 2006", false).run();
                     }};

}  // namespace folkmoot::count
