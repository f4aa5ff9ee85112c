// Dáil Éireann: whole papers move; of a surplus, as many from each part as its share, the last filed first.
//
// Electoral Act 1992 (Ireland), Part XIX, sections 118 to 126. The papers are mixed before they are counted (s.114);
// the order in the file stands for the order after that.
//
// Readings.
// - A surplus is taken from the parcel received last (s.121(4)); the part for each candidate is surplus × papers / all
//   transferable papers; whole numbers first, then the largest remainders until the surplus is reached (s.121(6)); of
//   equal remainders the larger part, then the candidate with more votes at the earliest count at which they differed,
//   then by lot.
// - A surplus waits if it can neither change who is lowest nor save the lowest a refund of expenses, for which a
// quarter
//   of the quota has to be exceeded (s.121(8), s.21); several are excluded together on the same condition (s.122(2)).
// - Ties for exclusion look at the earliest count at which the votes were unequal, then go to the lot (s.122(5)).
#include "count/counting.hpp"
#include "count/rules/rules.hpp"

namespace folkmoot::count {
namespace {

class Dail : Counting {
 public:
  Dail(const Contest& contest, const Options& options)
      : Counting(contest, options, 0),
        papers_(Rankings(contest).unpacked()),
        parcels_(candidates()),
        votes_(candidates()) {
    transcript_.papers = papers_.valid();
  }

  Result<Transcript> run() {
    first_count();                                                          // s.118
    quota_ = papers_.valid() / static_cast<std::int64_t>(seats() + 1) + 1;  // s.120
    set_quota(rational(quota_), "valid papers / (seats + 1), fractions disregarded, plus 1", "s.120");
    elect_by_quota();
    while (vacancies() > 0 && continuing().size() > vacancies()) {
      if (elect_beyond_reach()) break;
      if (surpluses_.empty() || surplus_may_wait()) {
        TRY(exclude_lowest());
      } else {
        TRY(pass_on_largest_surplus());
      }
      elect_by_quota();
    }
    for (const Candidate candidate : by_votes())
      if (vacancies() > 0) elect(candidate, "as many candidates continue as there are vacancies", "s.124(1)");
    return std::move(transcript_);
  }

 private:
  using Sheaf = std::vector<std::uint32_t>;

  void first_count() {
    open_stage(Stage::Kind::first, {});
    Sheaf all;
    for (std::size_t paper = 0; paper < papers_.size(); ++paper)
      if (!papers_.preferences(paper).empty()) all.push_back(static_cast<std::uint32_t>(paper));
    distribute(nobody, all);
    record();
  }

  // Sorts papers by their next preference for a continuing candidate; the last sheaf holds those that have none.
  [[nodiscard]] std::vector<Sheaf> sorted(const Sheaf& papers) const {
    std::vector<Sheaf> sheaves(candidates() + 1);
    for (const std::uint32_t paper : papers) {
      std::size_t to = candidates();
      for (const Candidate candidate : papers_.preferences(paper))
        if (is_continuing(candidate)) {
          to = candidate;
          break;
        }
      sheaves[to].push_back(paper);
    }
    return sheaves;
  }

  void give(Candidate from, Candidate to, Sheaf papers) {
    if (papers.empty()) return;
    const auto number = static_cast<std::int64_t>(papers.size());
    stage().transfers.push_back({from, to, number, rational(number)});
    if (to == nobody) {
      nontransferable_ += number;
    } else {
      votes_[to] += number;
      parcels_[to].push_back(std::move(papers));
    }
  }

  void distribute(Candidate from, const Sheaf& papers) {
    std::vector<Sheaf> sheaves = sorted(papers);
    for (std::size_t to = 0; to < candidates(); ++to) give(from, static_cast<Candidate>(to), std::move(sheaves[to]));
    give(from, nobody, std::move(sheaves.back()));
  }

  void record() {
    for (const std::int64_t votes : votes_) stage().votes.push_back(rational(votes));
    stage().papers = votes_;
    stage().nontransferable = rational(nontransferable_);
  }

  [[nodiscard]] std::vector<Candidate> by_votes() const {
    std::vector<Candidate> which = continuing();
    std::ranges::sort(
        which, [this](Candidate a, Candidate b) { return votes_[a] == votes_[b] ? a < b : votes_[a] > votes_[b]; });
    return which;
  }

  void elect_by_quota() {
    for (const Candidate candidate : by_votes()) {
      if (votes_[candidate] < quota_ || vacancies() == 0) break;
      elect(candidate, "equals or exceeds the quota", "s.119");
      if (votes_[candidate] > quota_) surpluses_.push_back(candidate);
    }
  }

  [[nodiscard]] std::int64_t all_surpluses() const {
    std::int64_t sum = 0;
    for (const Candidate candidate : surpluses_) sum += votes_[candidate] - quota_;
    return sum;
  }

  // s.124(2), (3): those at the top have more than all others and the surpluses together.
  bool elect_beyond_reach() {
    const std::vector<Candidate> order = by_votes();
    std::int64_t others = all_surpluses();
    for (std::size_t i = vacancies(); i < order.size(); ++i) others += votes_[order[i]];
    if (votes_[order[vacancies() - 1]] <= others) return false;
    for (const Candidate candidate :
         std::vector(order.begin(), order.begin() + static_cast<std::ptrdiff_t>(vacancies())))
      elect(candidate, "has more votes than all below and the surpluses together", "s.124(2)–(3)");
    return true;
  }

  // The refund can't be reached, or is reached already.
  [[nodiscard]] bool refund_settled(Candidate candidate, std::int64_t gain) const {
    return 4 * votes_[candidate] > quota_ || 4 * (votes_[candidate] + gain) <= quota_;
  }

  [[nodiscard]] bool surplus_may_wait() const {
    const std::vector<Candidate> order = by_votes();
    const Candidate lowest = order.back();
    const Candidate next = order[order.size() - 2];
    return votes_[lowest] + all_surpluses() < votes_[next] && refund_settled(lowest, all_surpluses());
  }

  Status pass_on_largest_surplus() {
    const Candidate from =
        TRY(decide(extremes(surpluses_, Extreme::most, votes_), Extreme::most, Look::forwards, "surplus", "s.121(9)"));
    std::erase(surpluses_, from);
    const std::int64_t surplus = votes_[from] - quota_;
    open_surplus(from, rational(surplus), "s.121");
    votes_[from] = quota_;
    std::vector<Sheaf> sheaves = sorted(parcels_[from].back());
    Sheaf rest = std::move(sheaves.back());
    sheaves.pop_back();
    std::int64_t transferable = 0;
    for (const Sheaf& sheaf : sheaves) transferable += static_cast<std::int64_t>(sheaf.size());
    if (transferable > surplus) {
      const std::vector<std::int64_t> shares = TRY(shares_of(sheaves, surplus, transferable));
      for (std::size_t to = 0; to < sheaves.size(); ++to)
        sheaves[to].erase(sheaves[to].begin(),
                          sheaves[to].end() - static_cast<std::ptrdiff_t>(shares[to]));  // the last filed go
    } else {
      rest.resize(static_cast<std::size_t>(surplus - transferable));
      give(from, nobody, std::move(rest));
    }
    for (std::size_t to = 0; to < sheaves.size(); ++to) give(from, static_cast<Candidate>(to), std::move(sheaves[to]));
    record();
    return {};
  }

  // s.121(6): how many papers of each part move.
  Result<std::vector<std::int64_t>> shares_of(const std::vector<Sheaf>& sheaves, std::int64_t surplus,
                                              std::int64_t transferable) {
    std::vector<std::int64_t> shares;
    std::vector<std::int64_t> remainders;
    std::vector<Candidate> left;
    std::int64_t sum = 0;
    for (std::size_t to = 0; to < sheaves.size(); ++to) {
      const std::int64_t product = surplus * static_cast<std::int64_t>(sheaves[to].size());
      shares.push_back(product / transferable);
      remainders.push_back(product % transferable);
      sum += shares.back();
      if (remainders.back() > 0) left.push_back(static_cast<Candidate>(to));
    }
    while (sum < surplus) {
      std::vector<std::int64_t> sizes;
      for (const Sheaf& sheaf : sheaves) sizes.push_back(static_cast<std::int64_t>(sheaf.size()));
      const std::vector<Candidate> largest = extremes(extremes(left, Extreme::most, remainders), Extreme::most, sizes);
      const Candidate next = TRY(decide(largest, Extreme::most, Look::forwards, "a fraction", "s.121(7)"));
      ++shares[next];
      ++sum;
      std::erase(left, next);
    }
    return shares;
  }

  Status exclude_lowest() {
    std::vector<Candidate> together = sure_losers(continuing(), votes_, all_surpluses(), vacancies(), false);
    std::int64_t gain = all_surpluses();
    for (const Candidate candidate : together) gain += votes_[candidate];
    if (std::ranges::any_of(together,
                            [&](Candidate candidate) { return !refund_settled(candidate, gain - votes_[candidate]); }))
      together.clear();
    if (together.size() < 2)
      together = {TRY(decide(extremes(continuing(), Extreme::fewest, votes_), Extreme::fewest, Look::forwards,
                             "exclusion", "s.122(5)"))};
    exclude(together, together.size() > 1 ? "together, with the surpluses, less than the next candidate" : "is lowest",
            together.size() > 1 ? "s.122(2)" : "s.122(1)");
    open_stage(Stage::Kind::exclusion, together);
    for (const Candidate from : together) {
      Sheaf all;
      for (const Sheaf& parcel : parcels_[from]) all.insert(all.end(), parcel.begin(), parcel.end());
      parcels_[from].clear();
      votes_[from] = 0;
      distribute(from, all);
    }
    record();
    return {};
  }

  Rankings papers_;                          // an entry each
  std::vector<std::vector<Sheaf>> parcels_;  // by candidate, as received
  std::vector<std::int64_t> votes_;
  std::int64_t quota_ = 0;
  std::int64_t nontransferable_ = 0;
  std::vector<Candidate> surpluses_;
};

}  // namespace

const Rule dail{"dail",
                "Dáil Éireann",
                "Electoral Act 1992 (Ireland), ss.118–126",
                {Trait::by_paper_order},
                [](const Contest& contest, const Options& options) { return Dail(contest, options).run(); }};

}  // namespace folkmoot::count
