// The Electoral Reform Society's rules for counts by hand in member organisations, and rules drawn from them.
//
//   ers97       R. A. Newland and F. S. Britton, How to conduct an election by the single transferable vote, 3rd
//   edition
//               (ERS, 1997), section 5, whose paragraphs are cited
//   ers76       the 2nd edition (ERS, 1976): the quota stays what it was at the first stage
//   cofe-stv    Church of England, General Synod: Single Transferable Vote Regulations 1990 to 2004 (GS 1533): as
//   ers76,
//               and only the quota, or the last vacancies, elect
//   labour-nec  the variant that a party uses for its executive: the quota is votes / (seats + 1), cut off to
//   hundredths
//               instead of raised to the next; the full text is not published
//
// Readings.
// - “Last received batch” (5.3.2): the papers of the last transfer (of one value) that brought the candidate any, also
//   where a lowered quota makes the surplus (Voting matters 11, “The handling of surpluses”).
// - 5.2.5 excludes as many as possible together; candidates with equal votes stay together unless they must be parted,
//   and candidates without votes go together with the next lowest.
// - The count ends in the middle of an exclusion once the last seat is filled (5.6); the papers not yet moved then stay
//   where they are.
// - Those elected at the same time are listed in order of nomination.
#include "count/gregory.hpp"
#include "count/rules/rules.hpp"

namespace folkmoot::count {
namespace {

using Votes = Fixed<2>;

struct Edition {
  bool raise_quota = true;  // to the next hundredth
  bool lower_quota = true;  // while nobody is elected, with the votes still in the count (5.4.9)
  bool active_vote = true;  // whoever can't be overtaken any more is elected (5.6.2)
};

class Ers97 : GregoryCount<Votes> {
 public:
  Ers97(const Contest& contest, const Options& options, Edition edition)
      : GregoryCount(contest, options), edition_(edition) {}

  Result<Transcript> run() {
    count_first_preferences();  // 5.1.2–5.1.4
    fix_quota();                // 5.1.5
    TRY(elect_winners());       // 5.1.6
    while (!over()) {
      const std::vector<Candidate> together =
          anyone_doomed() ? excludable() : sure_losers(all_surpluses(), true);  // 5.2.5
      if (all_surpluses() > Votes{} && together.empty()) {                      // 5.2.2
        TRY(transfer_largest_surplus());
      } else {
        TRY(exclude(together));
      }
    }
    for (const Candidate candidate : continuing())
      if (vacancies() > 0) elect(candidate, "as many candidates continue as seats are left", "5.6.1");
    return std::move(transcript_);
  }

 private:
  [[nodiscard]] bool over() const { return vacancies() == 0 || continuing().size() <= vacancies(); }

  // 5.1.5: the valid votes / (seats + 1), to the next hundredth; while nobody is elected, of the votes still in the
  // count.
  void fix_quota() {
    Votes active(rankings_.valid());
    active -= nontransferable_ + loss_;
    quota_ = muldiv(active, Votes(1), Votes(static_cast<std::int64_t>(seats() + 1)),
                    edition_.raise_quota ? Round::up : Round::down);
    if (!transcript_.quota || *transcript_.quota != quota_.rational())
      set_quota(quota_.rational(), "votes / (seats + 1), to two decimals", transcript_.quota ? "5.4.9" : "5.1.5");
    stage().quota = quota_.rational();
  }

  // The surpluses not yet transferred, those of candidates about to be elected included.
  [[nodiscard]] Votes all_surpluses() const {
    Votes sum{};
    for (const Candidate candidate : untransferred_)
      if (votes_[candidate] > quota_) sum += votes_[candidate] - quota_;
    for (const Candidate candidate : continuing())
      if (votes_[candidate] > quota_) sum += votes_[candidate] - quota_;
    return sum;
  }

  // The fewest votes that now suffice: the total active vote / (seats left + 1), to the next hundredth (5.6.2).
  [[nodiscard]] Votes required() const {
    if (!edition_.active_vote) return std::max(quota_, Votes::epsilon());
    Votes active{};
    for (std::size_t candidate = 0; candidate < candidates(); ++candidate)
      if (!is_elected(static_cast<Candidate>(candidate))) active += votes_[candidate];
    for (const Candidate candidate : untransferred_)
      if (votes_[candidate] > quota_) active += votes_[candidate] - quota_;
    const Votes share = muldiv(active, Votes(1), Votes(static_cast<std::int64_t>(vacancies() + 1)), Round::up);
    return std::max(share, Votes::epsilon());
  }

  // 5.1.6, 5.4.7, 5.6.2. Each election can lower what the others need.
  Status elect_winners() {
    while (vacancies() > 0) {
      std::vector<Candidate> winners;
      for (const Candidate candidate : continuing())
        if (votes_[candidate] >= required() && may_elect(candidate)) winners.push_back(candidate);
      if (winners.empty()) break;
      while (winners.size() > vacancies()) {  // too many, all with the same votes
        const Candidate out = TRY(
            decide(extremes(winners, Extreme::fewest, votes_), Extreme::fewest, Look::forwards, "exclusion", "5.6.2"));
        std::erase(winners, out);
      }
      for (const Candidate candidate : winners) {
        if (!may_elect(candidate)) continue;
        elect(candidate, votes_[candidate] >= quota_ ? "has the quota" : "can no longer be overtaken",
              votes_[candidate] >= quota_ ? "5.4.7" : "5.6.2");
        untransferred_.push_back(candidate);
      }
    }
    return {};
  }

  Status settle() {
    record();
    if (transcript_.winners.empty() && edition_.lower_quota) fix_quota();
    stage().quota = quota_.rational();
    return elect_winners();
  }

  Status transfer_largest_surplus() {
    const Candidate from =
        TRY(decide(extremes(untransferred_, Extreme::most, votes_), Extreme::most, Look::forwards, "surplus", "5.2.3"));
    std::erase(untransferred_, from);
    pass_on_last_batch(from, quota_, "5.3");
    return settle();
  }

  // 5.2.5, 5.4: papers go value by value, highest first; each value is a sub-stage, a stage of its own here.
  Status exclude(std::vector<Candidate> together) {
    std::string reason = "together, with the surpluses, no more votes than the next candidate";
    Votes sum{};
    for (const Candidate candidate : together) sum += votes_[candidate];
    const bool room = continuing().size() - together.size() > vacancies();
    std::vector<Candidate> others = excludable();
    std::erase_if(others, [&](Candidate candidate) {
      std::vector<Candidate> with = together;
      with.push_back(candidate);
      return std::ranges::count(together, candidate) > 0 || !may_exclude(with);
    });
    const bool voteless = first_exclusion_ && sum == Votes{} && all_surpluses() == Votes{} && room;
    if (together.empty() || (voteless && !others.empty())) {
      const Candidate lowest =
          TRY(decide(extremes(others, Extreme::fewest, votes_), Extreme::fewest, Look::forwards, "exclusion", "5.2.5"));
      reason = together.empty() ? "has the fewest votes" : "no votes, and the fewest votes";
      together.push_back(lowest);
      std::ranges::sort(together);
    }
    first_exclusion_ = false;
    Counting::exclude(together, reason, "5.2.5");
    const std::vector<Votes> values = values_held(together);
    if (values.empty()) {
      open_stage(Stage::Kind::exclusion, together);
      return settle();
    }
    for (const Votes value : values) {
      open_stage(Stage::Kind::exclusion, together).transfer_value = value.rational();
      pass_on(together, [&](const Parcel<Votes>& parcel) { return parcel.value == value; });
      TRY(settle());
      if (over()) break;
    }
    return {};
  }

  Edition edition_;
  Votes quota_{};
  std::vector<Candidate> untransferred_;  // elected; a surplus, if any, not yet transferred
  bool first_exclusion_ = true;
};

}  // namespace

const Rule ers97{"ers97",
                 "ERS 1997 (single transferable vote by hand)",
                 "Newland & Britton, 3rd edition, ERS 1997",
                 {Trait::keeps_constraints},
                 [](const Contest& contest, const Options& options) { return Ers97(contest, options, {}).run(); }};
const Rule ers76{"ers76",
                 "ERS 1976",
                 "Newland & Britton, 2nd edition, ERS 1976",
                 {Trait::keeps_constraints},
                 [](const Contest& contest, const Options& options) {
                   return Ers97(contest, options, {.lower_quota = false}).run();
                 }};
const Rule cofe_stv{"cofe-stv",
                    "Church of England, General Synod",
                    "STV Regulations 1990 to 2004 (GS 1533)",
                    {Trait::keeps_constraints},
                    [](const Contest& contest, const Options& options) {
                      return Ers97(contest, options, {.lower_quota = false, .active_vote = false}).run();
                    }};
const Rule labour_nec{"labour-nec",
                      "ERS 1997 with the quota cut off (variant not published)",
                      "after Newland & Britton, 3rd edition; variant not published",
                      {Trait::keeps_constraints},
                      [](const Contest& contest, const Options& options) {
                        return Ers97(contest, options, {.raise_quota = false}).run();
                      }};

}  // namespace folkmoot::count
