// Meek's method as the PR Foundation's reference rule has it: nine decimals, keep values rounded up.
//
// PR Foundation, “Reference Meek rule”; its steps are cited by their letters (A, B.1 … B.4, C).
//
// A stage of the transcript is a round: it ends with an election (B.2.e), or with the defeat of the lowest (B.3).
#include "count/keep_count.hpp"
#include "count/rules/rules.hpp"

namespace folkmoot::count {
namespace {

using Votes = Fixed<9>;

class MeekPrf : KeepCount<Votes> {
 public:
  MeekPrf(const Contest& contest, const Options& options) : KeepCount(contest, options) {}

  Result<Transcript> run() {
    const std::size_t sufficient = seats();
    while (continuing().size() > vacancies() && vacancies() > 0) {  // B.1
      if (!iterate()) TRY(defeat_lowest());
    }
    if (transcript_.stages.empty()) {
      distribute(keep_rounded_up);
      update_quota();
      record({}, quota_);
    }
    for (const Candidate candidate : continuing())  // C.1
      if (transcript_.winners.size() < sufficient) elect(candidate, "seats are left for all who remain", "C.1");
    return std::move(transcript_);
  }

 private:
  // B.2. True if it elected somebody, false when the surplus is below omega or no longer falls.
  bool iterate() {
    const Votes omega = Votes::of_units(1000);  // A: 0.000001
    Votes last_surplus(valid_);
    while (true) {
      distribute(keep_rounded_up);  // B.2.a
      update_quota();               // B.2.b
      std::vector<Candidate> winners;
      for (const Candidate candidate : continuing())
        if (votes_[candidate] >= quota_) winners.push_back(candidate);
      if (!winners.empty()) {
        record(std::exchange(dropped_, {}), quota_);
        for (const Candidate candidate : winners)
          if (vacancies() > 0 && may_elect(candidate)) elect(candidate, "has the quota", "B.2.c");
        return !anyone_doomed();
      }
      Votes surplus{};  // B.2.d
      for (const Candidate candidate : transcript_.winners) surplus += votes_[candidate] - quota_;
      surplus_ = std::max(surplus, Votes{});
      if (surplus_ < omega || surplus_ >= last_surplus) {  // B.2.e
        record(std::exchange(dropped_, {}), quota_);
        return false;
      }
      last_surplus = surplus_;
      for (const Candidate candidate : transcript_.winners)  // B.2.f
        keep_[candidate] = divide(multiply(keep_[candidate], quota_, Round::up), votes_[candidate], Round::up);
    }
  }

  void update_quota() {
    quota_ = muldiv(active_, Votes(1), Votes(static_cast<std::int64_t>(seats() + 1)), Round::down) + Votes::epsilon();
  }

  // B.3. All within the surplus of the lowest are tied, and that tie goes to the lot (T).
  Status defeat_lowest() {
    const std::vector<Candidate> which = excludable();
    const Candidate lowest = extremes(which, Extreme::fewest, votes_).front();
    std::vector<Candidate> tied;
    for (const Candidate candidate : which)
      if (votes_[candidate] <= votes_[lowest] + surplus_) tied.push_back(candidate);
    const Candidate defeated = TRY(draw(tied, "exclusion", "T"));
    exclude({defeated}, "has the lowest vote", "B.3");
    dropped_ = {defeated};
    drop(dropped_);
    return {};
  }

  Votes quota_{};
  Votes surplus_{};
  std::vector<Candidate> dropped_;  // since the last stage
};

}  // namespace

const Rule meek_prf{"meek-prf",
                    "Meek (PR Foundation)",
                    "PR Foundation, reference Meek rule",
                    {Trait::parts_papers, Trait::keeps_constraints},
                    [](const Contest& contest, const Options& options) { return MeekPrf(contest, options).run(); }};

}  // namespace folkmoot::count
