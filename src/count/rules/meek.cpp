// Meek's and Warren's methods as published, without a prescribed rounding: carried to 27 decimals, so that the figures
// are right to the 18th.
//
//   meek-1987  I. D. Hill, B. A. Wichmann and D. R. Woodall, “Algorithm 123: Single transferable vote by Meek's
//   method”,
//              Computer Journal 30(3), 1987
//   warren     C. H. E. Warren, “Counting in STV elections”, Voting matters 1 (1994): a candidate keeps the same amount
//              of each paper, not the same share of what reaches it
//
// Readings.
// - The quota is the votes held by candidates / (seats + 1), and has to be exceeded. Figures equal to within half of
// the
//   18th decimal are equal.
// - Iteration ends when somebody is elected, when the total surplus is below 0.000000001, when it falls no more, and
// when
//   some of the lowest can't be elected even with all of it: they go together.
// - A rank shared by several stands for all orders of them, in equal parts.
// - Candidates within the surplus of the lowest are tied with it; that is decided by lot.
// - A stage of the transcript is a round: it ends with an election or an exclusion.
#include "count/big_fixed.hpp"
#include "count/keep_count.hpp"
#include "count/rules/rules.hpp"

namespace folkmoot::count {
namespace {

using Decimals = BigFixed<27>;

// How far apart two figures may be and still be the same: rounding, not votes.
Decimals tolerance() { return Decimals::of_units(mpz_class(500'000'000)); }

// a > b, rounding apart.
bool exceeds(const Decimals& a, const Decimals& b) { return a > b && a - b >= tolerance(); }

class Meek : KeepCount<Decimals> {
 public:
  Meek(const Contest& contest, const Options& options, bool warren)
      : KeepCount(contest, options, EqualRanks::permute),
        warren_(warren),
        omega_(divide(Decimals(1), Decimals(1'000'000'000), Round::down)) {}

  Result<Transcript> run() {
    while (continuing().size() > vacancies() && vacancies() > 0) {
      const std::vector<Candidate> together = iterate();
      if (!together.empty()) {
        exclude(together, "together, with the surplus, less than the next candidate", "exclusion");
        dropped_ = together;
        drop(dropped_);
      } else if (!elected_now_) {
        TRY(exclude_lowest());
      }
    }
    if (transcript_.stages.empty()) {
      distribute();
      enter();
    }
    for (const Candidate candidate : continuing())
      if (vacancies() > 0) elect(candidate, "seats are left for all who remain", "end");
    return std::move(transcript_);
  }

 private:
  void distribute() {
    KeepCount::distribute([this](const Decimals& value, const Decimals& keep, std::int64_t papers) -> Split {
      const Decimals kept = warren_ ? std::min(keep, value) : multiply(value, keep, Round::down);
      return {kept * papers, value - kept};
    });
    quota_ = divide(active_, Decimals(static_cast<std::int64_t>(seats() + 1)), Round::down);
  }

  void enter() { record(std::exchange(dropped_, {}), quota_); }

  // Iterates until something is decided; returns those who go together, if any, and sets elected_now_ and surplus_.
  std::vector<Candidate> iterate() {
    Decimals last_surplus(valid_);
    elected_now_ = false;
    while (true) {
      distribute();
      for (const Candidate candidate : continuing()) {
        if (!exceeds(votes_[candidate], quota_) || vacancies() == 0) continue;
        if (!std::exchange(elected_now_, true)) enter();
        elect(candidate, "exceeds the quota", "election");
      }
      surplus_ = Decimals{};
      for (const Candidate candidate : transcript_.winners) surplus_ += votes_[candidate] - quota_;
      if (elected_now_) return {};
      if (!exceeds(surplus_, omega_) || !exceeds(last_surplus, surplus_)) {
        enter();
        return {};
      }
      std::vector<Candidate> together = sure_losers(continuing(), votes_, surplus_ + tolerance(), vacancies(), false);
      if (!together.empty()) {
        enter();
        return together;
      }
      last_surplus = surplus_;
      for (const Candidate candidate : transcript_.winners) {
        Decimals& keep = keep_[candidate];
        keep = divide(multiply(keep, quota_, Round::down), votes_[candidate], Round::down);
      }
    }
  }

  Status exclude_lowest() {
    const Candidate lowest = extremes(continuing(), Extreme::fewest, votes_).front();
    std::vector<Candidate> tied;
    for (const Candidate candidate : continuing())
      if (!exceeds(votes_[candidate], votes_[lowest] + surplus_)) tied.push_back(candidate);
    const Candidate out = TRY(draw(tied, "exclusion", "equality"));
    exclude({out}, "has the fewest votes", "exclusion");
    dropped_ = {out};
    drop(dropped_);
    return {};
  }

  bool warren_;
  Decimals omega_;
  Decimals quota_{};
  Decimals surplus_{};
  bool elected_now_ = false;
  std::vector<Candidate> dropped_;  // since the last stage
};

Result<Transcript> count_by_meek(const Contest& contest, const Options& options, bool warren) {
  if (options.equal_ranks == EqualRanks::by_rule) TRY(part_papers(contest, true));
  return Meek(contest, options, warren).run();
}

}  // namespace

const Rule meek_1987{
    "meek-1987",
    "Meek (Algorithm 123)",
    "Hill, Wichmann & Woodall, Computer Journal 30(3), 1987",
    {Trait::parts_papers},
    [](const Contest& contest, const Options& options) { return count_by_meek(contest, options, false); }};
const Rule warren{"warren",
                  "Warren",
                  "C. H. E. Warren, Voting matters 1, 1994",
                  {Trait::parts_papers},
                  [](const Contest& contest, const Options& options) { return count_by_meek(contest, options, true); }};

}  // namespace folkmoot::count
