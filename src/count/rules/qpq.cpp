// Quota preferential by quotient: D. R. Woodall, “QPQ, a quota-preferential STV-like election rule”, Voting matters 17
// (2003), section 2; its paragraphs are cited (2.3 …). Counted in exact fractions.
//
// Readings. The version that starts again after each exclusion (2.1 with nobody elected). A paper belongs to the
// topmost hopeful candidate on it. Ties go to the lot. A stage of the transcript shows the quotients as votes; stages
// after an exclusion start again, so somebody elected before is listed as elected at the stage where that held to the
// end.
#include "count/counting.hpp"
#include "count/piles.hpp"
#include "count/rules/rules.hpp"

namespace folkmoot::count {
namespace {

class Qpq : Counting {
 public:
  Qpq(const Contest& contest, const Options& options)
      : Counting(contest, options, -1), rankings_(contest), elected_by_(rankings_.size()), reached_(rankings_.size()) {
    transcript_.papers = rankings_.valid();
  }

  Result<Transcript> run() {
    while (true) {
      if (continuing().size() <= vacancies() || vacancies() == 0) break;
      reckon();
      const std::vector<Candidate> hopeful = continuing();
      const std::vector<Candidate> highest = extremes(hopeful, Extreme::most, quotients_);
      if (quotients_[highest.front()] > quota_) {  // 2.5a
        const Candidate winner = TRY(draw(highest, "election", "2.5a"));
        elect(winner, "has the highest quotient, and it exceeds the quota", "2.5a");
        const Rational share = 1 / quotients_[winner];
        for (std::size_t entry = 0; entry < rankings_.size(); ++entry)
          if (topmost_[entry] == winner) elected_by_[entry] = share;
        pending_ = winner;
      } else {  // 2.5b
        const Candidate loser = TRY(draw(extremes(hopeful, Extreme::fewest, quotients_), "exclusion", "2.5b"));
        exclude({loser}, "has the smallest quotient, and no quotient exceeds the quota", "2.5b");
        start_again();
        pending_ = loser;
      }
    }
    if (transcript_.stages.empty()) reckon();
    for (const Candidate candidate : continuing())
      if (vacancies() > 0) elect(candidate, "all others are excluded", "2.5b");
    return std::move(transcript_);
  }

 private:
  // 2.3, 2.4: the quotient of each hopeful candidate, and the quota.
  void reckon() {
    std::vector<std::int64_t> papers(candidates());
    quotients_.assign(candidates(), Rational(0));
    std::vector<Rational> elected(candidates());
    Rational elected_by_inactive;
    std::int64_t active = 0;
    topmost_.assign(rankings_.size(), nobody);
    for (std::size_t entry = 0; entry < rankings_.size(); ++entry) {
      const std::span<const Candidate> preferences = rankings_.preferences(entry);
      std::uint16_t& reached = reached_[entry];
      while (reached < preferences.size() && !is_continuing(preferences[reached])) ++reached;
      const Rational share = elected_by_[entry] * static_cast<long>(rankings_.weight(entry));
      if (reached == preferences.size()) {
        elected_by_inactive += share;
        continue;
      }
      topmost_[entry] = preferences[reached];
      papers[preferences[reached]] += rankings_.weight(entry);
      elected[preferences[reached]] += share;
      active += rankings_.weight(entry);
    }
    for (const Candidate candidate : continuing())
      quotients_[candidate] = rational(papers[candidate]) / (1 + elected[candidate]);
    quota_ = rational(active) / (1 + rational(static_cast<std::int64_t>(seats())) - elected_by_inactive);
    Stage& now = open_stage(transcript_.stages.empty() ? Stage::Kind::first : Stage::Kind::iteration, {});
    if (pending_ != nobody) now.from = {pending_};
    for (const std::int64_t each : papers) now.votes.push_back(rational(each));
    now.quotients = quotients_;
    now.quota = quota_;
    if (!transcript_.quota) transcript_.quota = quota_;
  }

  void start_again() {
    unelect_all();
    std::fill(elected_by_.begin(), elected_by_.end(), Rational(0));
    std::fill(reached_.begin(), reached_.end(), std::uint16_t{0});
  }

  Rankings rankings_;
  std::vector<Rational> elected_by_;    // by entry: the fraction of a candidate that each paper has elected
  std::vector<std::uint16_t> reached_;  // by entry: no hopeful candidate is named before this preference
  std::vector<Candidate> topmost_;      // by entry: the topmost hopeful candidate
  std::vector<Rational> quotients_ = std::vector<Rational>(candidates());
  Rational quota_;
  Candidate pending_ = nobody;  // whose election or exclusion the next stage follows
};

}  // namespace

const Rule qpq{"qpq",
               "Quota preferential by quotient",
               "D. R. Woodall, Voting matters 17, 2003",
               {},
               [](const Contest& contest, const Options& options) { return Qpq(contest, options).run(); }};

}  // namespace folkmoot::count
