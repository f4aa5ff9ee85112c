// A count in which what a candidate gets in a transfer is rounded as a whole: the number of papers that go to the
// candidate times the transfer value, rounded down. So the Australian statutes have it, which differ in the points that
// a Procedure lists. Transfer values stay exact.
#pragma once

#include <deque>
#include <vector>

#include "count/bundles.hpp"
#include "count/counting.hpp"
#include "count/piles.hpp"
#include "count/procedure.hpp"

namespace folkmoot::count {

template <class Votes>
class TransferCount : public Counting {
 public:
  TransferCount(const Contest& contest, const Options& options, const Procedure& procedure)
      : Counting(contest, options, Votes::places),
        procedure_(procedure),
        rankings_(contest),
        piles_(rankings_, candidates()),
        bundles_(candidates()),
        papers_(candidates()),
        votes_(candidates()) {
    transcript_.papers = rankings_.valid() + rankings_.for_withdrawn();
    nontransferable_ = Votes(rankings_.for_withdrawn());
  }
  virtual ~TransferCount() = default;

  Result<Transcript> run() {
    const Parcel<Rational> all = piles_.all(Rational(1));
    open_transfer(Stage::Kind::first, {});
    give(nobody, all.entries, Rational(1), Votes(rankings_.valid()), true, 1);
    fix_quota(rankings_.valid());
    return finish();
  }

 protected:
  // The papers divided by one more than the seats, fractions disregarded, plus one.
  void fix_quota(std::int64_t papers) {
    quota_ = Votes(papers / static_cast<std::int64_t>(seats() + 1) + 1);
    set_quota(quota_.rational(), "formal papers / (vacancies + 1), fractions disregarded, plus 1",
              std::string(procedure_.quota_by));
  }

  // From the end of the first preferences to the end of the count.
  Result<Transcript> finish() {
    TRY(end_transfer(true));
    while (vacancies() > 0 && !continuing().empty()) {
      if (waiting_.empty()) {
        TRY(exclude_lowest());
      } else {
        const Candidate from = waiting_.front();
        waiting_.pop_front();
        TRY(pass_on_surplus(from));
      }
    }
    return std::move(transcript_);
  }

  // Gives papers to the continuing candidates next preferred, each group at value × its papers, rounded down.
  // `exhausted_count`: those not transferable are credited to nobody in the same way (× exhausted_share); otherwise
  // what they would have is lost. `worth` is what the papers were worth till now; the difference is lost by fractions.
  void give(Candidate from, const std::vector<std::uint32_t>& entries, const Rational& value, Votes worth,
            bool exhausted_count, const Rational& exhausted_share) {
    Votes given{};
    piles_.sort(
        entries, value, [this](Candidate candidate) { return is_continuing(candidate); },
        [&](Candidate to, Parcel<Rational> parcel) {
          Votes credit = worth_of<Votes>(value, parcel.papers);
          follow(parcel.entries, to, value);
          if (to == nobody) {
            credit = exhausted_count ? worth_of<Votes>(value * exhausted_share, parcel.papers) : Votes{};
            nontransferable_ += credit;
          } else {
            votes_[to] += credit;
            papers_[to] += parcel.papers;
            bundles_[to].push_back(
                {value, transcript_.stages.size() - 1, credit, parcel.papers, std::move(parcel.entries)});
          }
          given += credit;
          stage().transfers.push_back({from, to, parcel.papers, credit.rational()});
        });
    loss_ += worth - given;
  }

  // Enters the figures in the stage.
  void record() {
    Stage& now = stage();
    for (const Votes& votes : votes_) now.votes.push_back(votes.rational());
    now.papers = papers_;
    now.nontransferable = nontransferable_.rational();
    now.loss = loss_.rational();
  }

  // Ends a transfer: enters the figures and elects. `whole`: nothing more of the same surplus or exclusion follows.
  Status end_transfer(bool whole) {
    record();
    Stage& now = stage();
    now.part = !whole;
    const bool elect_now = whole || (now.kind == Stage::Kind::surplus && procedure_.elect_during_surplus) ||
                           (now.kind == Stage::Kind::exclusion && procedure_.elect_during_exclusion);
    if (!elect_now) return {};
    TRY(elect_by_quota());
    if (holds(procedure_.last_two, whole)) TRY(elect_one_of_last_two());
    if (holds(procedure_.all_remaining, whole)) TRY(elect_all_remaining());
    if (holds(procedure_.overwhelming, whole)) elect_overwhelming();
    return {};
  }

  // Called when a candidate has been elected by reaching the quota.
  virtual void on_election(Candidate) {}

  // `brought`: as in Origins.
  void open_transfer(Stage::Kind kind, std::vector<Candidate> from, std::optional<std::size_t> brought = {}) {
    open_stage(kind, std::move(from));
    origins_.add(brought);
  }

  // Does the paper name a continuing candidate further on?
  [[nodiscard]] bool is_transferable(std::uint32_t entry) const {
    return std::ranges::any_of(rankings_.preferences(entry), [this](Candidate to) { return is_continuing(to); });
  }

 private:
  [[nodiscard]] bool holds(Procedure::When when, bool whole) const {
    using When = Procedure::When;
    const bool excluding = !whole && transcript_.stages.back().kind == Stage::Kind::exclusion;
    switch (when) {
      case When::never:
        return false;
      case When::always:
      case When::before_transfer:
        return true;
      case When::between_exclusions:
        return !excluding;
      case When::settled:
        return whole && waiting_.empty();
    }
    return false;
  }

  // Most votes first; equals in the order the rule gives them.
  Result<std::vector<Candidate>> in_order_of_votes(std::vector<Candidate> which, Look look) {
    std::vector<Candidate> order;
    while (!which.empty()) {
      const Candidate next = TRY(decide(extremes(which, Extreme::most, votes_), Extreme::most, look, "election",
                                        std::string(procedure_.tie_by)));
      order.push_back(next);
      std::erase(which, next);
    }
    return order;
  }

  Status elect_by_quota() {
    std::vector<Candidate> there;
    for (const Candidate candidate : continuing())
      if (votes_[candidate] >= quota_) there.push_back(candidate);
    there = TRY(in_order_of_votes(std::move(there), procedure_.tied_elected));
    for (const Candidate candidate : there) {
      if (vacancies() == 0) break;
      elect(candidate, "has the quota", std::string(procedure_.elected_by));
      if (votes_[candidate] > quota_) waiting_.push_back(candidate);
    }
    for (const Candidate candidate : there) on_election(candidate);
    return {};
  }

  Status elect_one_of_last_two() {
    if (vacancies() != 1 || continuing().size() != 2) return {};
    const std::vector<Candidate> order = TRY(in_order_of_votes(continuing(), Look::nowhere));
    elect(order.front(), "has more votes than the other one left", std::string(procedure_.last_two_by));
    return {};
  }

  Status elect_all_remaining() {
    if (continuing().size() > vacancies()) return {};
    const std::vector<Candidate> order = TRY(in_order_of_votes(continuing(), procedure_.tied_elected));
    for (const Candidate candidate : order)
      elect(candidate, "as many candidates continue as there are vacancies", std::string(procedure_.remaining_by));
    return {};
  }

  void elect_overwhelming() {
    std::vector<Candidate> order = continuing();
    if (vacancies() == 0 || order.size() < vacancies()) return;
    std::ranges::sort(
        order, [this](Candidate a, Candidate b) { return votes_[a] == votes_[b] ? a < b : votes_[a] > votes_[b]; });
    Votes others{};
    for (std::size_t i = vacancies(); i < order.size(); ++i) others += votes_[order[i]];
    for (const Candidate candidate : waiting_) others += votes_[candidate] - quota_;
    if (votes_[order[vacancies() - 1]] <= others) return;
    order.resize(vacancies());
    for (const Candidate candidate : order)
      elect(candidate, "has more votes than all the others and the surpluses together",
            std::string(procedure_.overwhelming_by));
  }

  [[nodiscard]] std::int64_t transferable(const std::vector<std::uint32_t>& entries) const {
    std::int64_t papers = 0;
    for (const std::uint32_t entry : entries)
      if (is_transferable(entry)) papers += rankings_.weight(entry);
    return papers;
  }

  Status pass_on_surplus(Candidate from) {
    using Surplus = Procedure::Surplus;
    if (procedure_.surplus == Surplus::scaled || procedure_.surplus == Surplus::scaled_continuing)
      return pass_on_parcels(from);
    const Votes surplus = votes_[from] - quota_;
    const bool last_only = procedure_.surplus == Surplus::last_parcel;
    std::vector<std::uint32_t> entries;
    Rational most;
    std::int64_t papers = 0;
    if (last_only) {
      Bundle<Votes> last = std::move(bundles_[from].back());
      bundles_[from].pop_back();
      papers_[from] -= last.papers;
      entries = std::move(last.entries);
      papers = transferable(entries);
      most = last.value;
    } else {
      papers = std::exchange(papers_[from], 0);
      entries = entries_of(std::exchange(bundles_[from], {}));
    }
    Rational value = papers == 0 ? Rational(1) : Rational(surplus.rational() / static_cast<long>(papers));
    if (last_only && most < value) value = most;
    origins_.begin_action();
    origins_.add();
    open_surplus(from, surplus.rational(), std::string(procedure_.surplus_by)).transfer_value = value;
    votes_[from] = quota_;
    give(from, entries, value, surplus, !last_only, 1);
    return end_transfer(true);
  }

  // Parcel by parcel, each a transfer of its own.
  Status pass_on_parcels(Candidate from) {
    const bool continuing_only = procedure_.surplus == Procedure::Surplus::scaled_continuing;
    std::vector<Bundle<Votes>> parcels = std::exchange(bundles_[from], {});
    papers_[from] = 0;
    if (procedure_.order == Procedure::Order::by_origin) origins_.sort(parcels);
    const Votes votes = votes_[from];
    const Rational surplus = (votes - quota_).rational();
    Rational exhausted;
    for (const Bundle<Votes>& parcel : parcels)
      exhausted += parcel.value * static_cast<long>(parcel.papers - transferable(parcel.entries));
    const Rational divisor = continuing_only ? Rational(votes.rational() - exhausted) : votes.rational();
    const Rational share = divisor <= surplus ? Rational(1) : Rational(surplus / divisor);
    const Rational quota = quota_.rational();
    const Rational exhausted_share =
        !continuing_only && exhausted > quota ? Rational((exhausted - quota) / exhausted) : Rational(1);
    origins_.begin_action();
    Rational left = votes.rational();
    for (std::size_t i = 0; i < parcels.size(); ++i) {
      const Bundle<Votes>& parcel = parcels[i];
      if (i == 0) {
        origins_.add(parcel.transfer);
        open_surplus(from, surplus, std::string(procedure_.surplus_by));
      } else {
        open_transfer(Stage::Kind::surplus, {from}, parcel.transfer);
      }
      stage().transfer_value = parcel.value * share;
      left -= parcel.worth.rational() * surplus / votes.rational();
      const Votes before = votes_[from];
      votes_[from] = worth_of<Votes>(left, 1);
      give(from, parcel.entries, parcel.value * share, before - votes_[from], !continuing_only, exhausted_share);
      TRY(end_transfer(i + 1 == parcels.size()));
    }
    return {};
  }

  Status exclude_lowest() {
    const Candidate lowest = TRY(decide(extremes(continuing(), Extreme::fewest, votes_), Extreme::fewest,
                                        procedure_.tied_lowest, "exclusion", std::string(procedure_.tie_by)));
    exclude({lowest}, "has the fewest votes", std::string(procedure_.exclusion_by));
    origins_.begin_action();
    if (procedure_.all_remaining == Procedure::When::before_transfer && continuing().size() <= vacancies()) {
      open_transfer(Stage::Kind::exclusion, {lowest});
      return end_transfer(false);
    }
    const auto groups = groups_of(std::exchange(bundles_[lowest], {}), procedure_.order, origins_);
    if (groups.empty()) {
      open_transfer(Stage::Kind::exclusion, {lowest});
      return end_transfer(true);
    }
    for (std::size_t i = 0; i < groups.size(); ++i) {
      Votes worth{};
      for (const Bundle<Votes>& bundle : groups[i]) {
        worth += bundle.worth;
        papers_[lowest] -= bundle.papers;
      }
      open_transfer(Stage::Kind::exclusion, {lowest}, groups[i].front().transfer);
      stage().transfer_value = groups[i].front().value;
      votes_[lowest] -= worth;
      give(lowest, entries_of(groups[i]), groups[i].front().value, worth, true, 1);
      TRY(end_transfer(i + 1 == groups.size()));
      if (vacancies() == 0) break;
    }
    return {};
  }

 protected:
  const Procedure& procedure_;
  Rankings rankings_;
  Piles<Rational> piles_;
  std::vector<std::vector<Bundle<Votes>>> bundles_;  // by candidate, until they are passed on
  std::vector<std::int64_t> papers_;                 // by candidate: how many are held
  std::vector<Votes> votes_;
  Origins origins_;
  std::deque<Candidate> waiting_;  // elected with a surplus not yet transferred
  Votes quota_{};
  Votes nontransferable_{};
  Votes loss_{};
};

}  // namespace folkmoot::count
