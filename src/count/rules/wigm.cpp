// The weighted inclusive Gregory method, with fractional quotas.
//
//   wigm-prf        the PR Foundation's reference rule “WIGM”: four decimals, each product and quotient cut off
//   wigm-prf-batch  the same with its optional step B.2: sure losers are defeated together
//   wigm-exact      the same method in exact fractions; then a quota needs no smallest unit added, and must be exceeded
//
// The steps are cited by their letters in the reference rule (A.1 …, D.4). Ties go straight to the lot (D.1).
//
// Reading. A round that has begun is carried out: when its step B.1 fills the last seat, or its step B.4 leaves no more
// candidates than seats, the transfer of that round is still made. D.3 would stop short of it; who is elected is the
// same, and the figures show where the papers went. The reference implementation does so too.
#include "count/paper_count.hpp"
#include "count/rules/rules.hpp"

namespace folkmoot::count {
namespace {

template <class Value>
constexpr bool is_exact = Value::places < 0;

template <class Votes>
class Wigm : PaperCount<Votes> {
  using Base = PaperCount<Votes>;

 public:
  Wigm(const Contest& contest, const Options& options, bool batch) : Base(contest, options), batch_(batch) {}

  Result<Transcript> run() {
    this->count_first_preferences();                 // A.4, A.5
    fix_quota();                                     // A.1
    while (!complete()) {                            // A.3, D.3
      elect_winners();                               // B.1
      if (batch_ && defeat_sure_losers()) continue;  // B.2
      if (!pending_.empty() && !this->anyone_doomed()) {
        TRY(transfer_high_surplus());  // B.3
      } else {
        TRY(defeat_low_candidate());  // B.4
      }
    }
    for (const Candidate candidate : this->continuing())
      if (this->vacancies() > 0) this->elect(candidate, "no more candidates continue than seats are left", "C");
    return std::move(this->transcript_);
  }

 private:
  [[nodiscard]] bool complete() const {
    return this->continuing().size() <= this->vacancies() || this->vacancies() == 0;
  }

  void fix_quota() {
    quota_ = divide(Votes(this->rankings_.valid()), Votes(static_cast<std::int64_t>(this->seats() + 1)), Round::down);
    if constexpr (!is_exact<Votes>) quota_ += Votes::epsilon();
    this->set_quota(quota_.rational(), "valid papers / (seats + 1), plus the smallest unit", "A.1");
  }

  void elect_winners() {
    for (const Candidate candidate : this->with_quota(quota_)) {
      if (this->vacancies() == 0 || !this->may_elect(candidate) ||
          (is_exact<Votes> && this->votes_[candidate] == quota_))
        continue;
      this->elect(candidate, is_exact<Votes> ? "exceeds the quota" : "has the quota", "B.1");
      pending_.push_back(candidate);
    }
  }

  bool defeat_sure_losers() {
    Votes surplus{};
    for (const Candidate candidate : pending_) surplus += this->votes_[candidate] - quota_;
    const std::vector<Candidate> losers = this->sure_losers(surplus, false);
    if (losers.empty()) return false;
    this->exclude(losers, "together, with all surpluses, have less than the next candidate", "B.2");
    if (!complete()) this->pass_on_excluded(losers);
    return true;
  }

  // A surplus may be zero: its papers then go on at the value zero.
  Status transfer_high_surplus() {
    const Candidate from = TRY(this->draw(extremes(pending_, Extreme::most, this->votes_), "surplus", "D.1"));
    std::erase(pending_, from);
    this->pass_on_surplus(from, quota_, "D.1");
    return {};
  }

  Status defeat_low_candidate() {
    const Candidate lowest =
        TRY(this->draw(extremes(this->excludable(), Extreme::fewest, this->votes_), "exclusion", "D.1"));
    this->exclude({lowest}, "has the lowest vote", "B.4");
    this->pass_on_excluded({lowest});
    return {};
  }

  bool batch_;
  Votes quota_{};
  std::vector<Candidate> pending_;  // elected, surplus not yet transferred
};

}  // namespace

const Rule wigm_prf{
    "wigm-prf",
    "Weighted inclusive Gregory (PR Foundation)",
    "PR Foundation, reference rule WIGM",
    {Trait::keeps_constraints},
    [](const Contest& contest, const Options& options) { return Wigm<Fixed<4>>(contest, options, false).run(); }};
const Rule wigm_prf_batch{
    "wigm-prf-batch",
    "Weighted inclusive Gregory (PR Foundation), sure losers together",
    "PR Foundation, reference rule WIGM, step B.2",
    {Trait::keeps_constraints},
    [](const Contest& contest, const Options& options) { return Wigm<Fixed<4>>(contest, options, true).run(); }};
const Rule wigm_exact{
    "wigm-exact",
    "Weighted inclusive Gregory, exact fractions",
    "PR Foundation, reference rule WIGM, without rounding",
    {Trait::keeps_constraints},
    [](const Contest& contest, const Options& options) { return Wigm<Exact>(contest, options, false).run(); }};

}  // namespace folkmoot::count
