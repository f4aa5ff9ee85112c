// Cambridge, Massachusetts: whole papers move, chosen by their order (the Cincinnati method).
//
// Massachusetts General Laws, chapter 54A, section 9 (as in force in 1938, which Cambridge kept), and the city's rules
// for computing it. The order of the papers in the file is the order of the count.
//
// Readings.
// - Of a surplus of S among N papers every (N/S)th, rounded, moves: the k-th, 2k-th …, then the (k + 1)-th …, as far as
//   they are transferable, until S have moved. Papers that aren't transferable stay.
// - Whoever reaches the quota while papers move gets no more, from that paper on.
// - After the first surpluses all candidates with fewer than fifty votes are defeated together, fewest first; then the
//   lowest, one at a time. Ties look at the latest stage, then go to the lot.
// - Seats that can't be filled by candidates with votes stay empty.
#include "count/counting.hpp"
#include "count/rules/rules.hpp"

namespace folkmoot::count {
namespace {

class Cambridge : Counting {
 public:
  Cambridge(const Contest& contest, const Options& options)
      : Counting(contest, options, 0),
        papers_(Rankings(contest).unpacked()),
        held_(candidates()),
        open_(candidates(), true),
        votes_(candidates()) {
    transcript_.papers = papers_.valid();
  }

  Result<Transcript> run() {
    first_preferences();
    quota_ = papers_.valid() / static_cast<std::int64_t>(seats() + 1) + 1;
    set_quota(rational(quota_), "valid papers / (seats + 1), fractions disregarded, plus 1", "c.54A §9(a)");
    elect_winners();
    while (vacancies() > 0 && continuing().size() > vacancies()) {
      if (surpluses_.empty()) {
        TRY(defeat());
      } else {
        const Candidate from = TRY(decide(extremes(surpluses_, Extreme::most, votes_), Extreme::most, Look::backwards,
                                          "surplus", "c.54A §9(d)"));
        std::erase(surpluses_, from);
        pass_on_surplus(from);
      }
      elect_winners();
    }
    for (const Candidate candidate : continuing())
      if (vacancies() > 0 && votes_[candidate] > 0)
        elect(candidate, "as many candidates are left as seats", "c.54A §9(j)");
    return std::move(transcript_);
  }

 private:
  void first_preferences() {
    open_stage(Stage::Kind::first, {});
    for (std::size_t paper = 0; paper < papers_.size(); ++paper)
      if (!papers_.preferences(paper).empty())
        held_[papers_.preferences(paper).front()].push_back(static_cast<std::uint32_t>(paper));
    record();
  }

  void record() {
    std::int64_t sum = 0;
    for (std::size_t candidate = 0; candidate < candidates(); ++candidate) {
      votes_[candidate] = static_cast<std::int64_t>(held_[candidate].size());
      if (std::ranges::count(settled_, static_cast<Candidate>(candidate)) > 0) votes_[candidate] = quota_;
      sum += votes_[candidate];
      stage().votes.push_back(rational(votes_[candidate]));
    }
    stage().nontransferable = rational(transcript_.papers - sum);
  }

  void elect_winners() {
    for (const Candidate candidate : continuing()) {
      if (votes_[candidate] < quota_ || vacancies() == 0) continue;
      elect(candidate, "has the quota", "c.54A §9(b)");
      open_[candidate] = false;
      if (votes_[candidate] > quota_) surpluses_.push_back(candidate);
    }
  }

  // Whom a paper prefers of those who may get papers now, or nobody.
  [[nodiscard]] Candidate next(std::uint32_t paper) const {
    for (const Candidate candidate : papers_.preferences(paper))
      if (is_continuing(candidate) && open_[candidate]) return candidate;
    return nobody;
  }

  void give(Candidate to, std::uint32_t paper) {
    held_[to].push_back(paper);
    if (static_cast<std::int64_t>(held_[to].size()) >= quota_) open_[to] = false;
  }

  void pass_on_surplus(Candidate from) {
    const std::vector<std::uint32_t> papers = held_[from];
    const auto total = static_cast<std::int64_t>(papers.size());
    const std::int64_t surplus = total - quota_;
    open_surplus(from, rational(surplus), "c.54A §9(c)–(d)");
    const std::int64_t every = (2 * total + surplus) / (2 * surplus);  // the quotient to the nearest
    std::vector<std::int64_t> order;
    if (surplus == 1) {
      order.push_back(total - 1);
      for (std::int64_t i = 0; i + 1 < total; ++i) order.push_back(i);
    } else {
      for (std::int64_t first = every - 1; first < 2 * every - 1; ++first)
        for (std::int64_t i = first; i < total; i += every) order.push_back(i);
      for (std::int64_t i = 0; i < every - 1; ++i) order.push_back(i);
    }
    std::vector<bool> gone(papers.size());
    std::int64_t moved = 0;
    for (const std::int64_t i : order) {
      if (moved == surplus) break;
      const Candidate to = next(papers[i]);
      if (to == nobody) continue;
      give(to, papers[i]);
      gone[i] = true;
      ++moved;
    }
    held_[from].clear();
    for (std::size_t i = 0; i < papers.size(); ++i)
      if (!gone[i]) held_[from].push_back(papers[i]);
    settled_.push_back(from);
    record();
  }

  Status defeat() {
    std::vector<Candidate> losers;
    if (!std::exchange(cut_, true)) {
      for (const Candidate candidate : continuing())
        if (votes_[candidate] < 50) losers.push_back(candidate);
    }
    std::string reason = "fewer than fifty votes";
    if (losers.empty()) {
      losers = {TRY(decide(extremes(continuing(), Extreme::fewest, votes_), Extreme::fewest, Look::backwards,
                           "exclusion", "c.54A §9(h)"))};
      reason = "has the fewest votes";
    }
    exclude(losers, reason, "c.54A §9(g)–(h)");
    std::vector<Candidate> order;  // fewest votes first
    for (std::vector<Candidate> left = losers; !left.empty();) {
      const Candidate next_out = TRY(decide(extremes(left, Extreme::fewest, votes_), Extreme::fewest, Look::backwards,
                                            "the order of papers", "c.54A §9(h)"));
      order.push_back(next_out);
      std::erase(left, next_out);
    }
    open_stage(Stage::Kind::exclusion, losers);
    for (const Candidate loser : order)
      for (const std::uint32_t paper : std::exchange(held_[loser], {}))
        if (const Candidate to = next(paper); to != nobody) give(to, paper);
    record();
    return {};
  }

  Rankings papers_;  // an entry each
  std::vector<std::vector<std::uint32_t>> held_;
  std::vector<bool> open_;  // may get papers
  std::vector<std::int64_t> votes_;
  std::vector<Candidate> surpluses_;
  std::vector<Candidate> settled_;  // surplus passed on: they count as having the quota
  std::int64_t quota_ = 0;
  bool cut_ = false;
};

}  // namespace

const Rule cambridge{"cambridge",
                     "Cambridge, Massachusetts",
                     "MGL c.54A §9 (1938)",
                     {Trait::by_paper_order},
                     [](const Contest& contest, const Options& options) { return Cambridge(contest, options).run(); }};

}  // namespace folkmoot::count
