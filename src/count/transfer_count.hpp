// A count in which what a candidate gets in a transfer is rounded as a whole: the number of papers that go to the
// candidate times the transfer value, rounded down. So the Australian statutes have it. Transfer values stay exact.
//
// The statutes differ in a few points, which a Procedure lists; a rule's file fills one in and says which section
// orders each point.
#pragma once

#include <deque>
#include <map>
#include <vector>

#include "count/counting.hpp"
#include "count/piles.hpp"

namespace folkmoot::count {

struct Procedure {
  enum class Surplus {
    all_papers,        // at surplus / papers of the candidate, all in one transfer
    last_parcel,       // the papers received last, at surplus / those transferable, at most at the value they have
    scaled,            // each parcel at its value × surplus / votes
    scaled_continuing  // each parcel at its value × surplus / votes on papers that are transferable, at most at its
                       // value
  };
  enum class Order {      // in which an excluded candidate's papers go
    by_value,             // highest value first
    first_then_by_value,  // by value; of papers with one value, first preferences first
    by_transfer,          // as they came
    by_origin             // as they came, and those of one transfer as they had come before
  };
  enum class When {
    never,
    always,              // after every transfer
    between_exclusions,  // unless an exclusion is under way
    settled,             // when no exclusion is under way and no surplus is waiting
    before_transfer      // always, and also before an excluded candidate's papers move
  };

  Surplus surplus;
  Order order;
  Look tied_lowest;   // who is excluded of equals
  Look tied_elected;  // who is elected first of equals
  bool elect_during_surplus;
  bool elect_during_exclusion;
  When last_two;       // one vacancy and two candidates: the higher is elected
  When all_remaining;  // as many candidates as vacancies: all are elected
  When overwhelming;   // the leaders can't be overtaken by all others together: they are elected

  // The paragraphs that order each step.
  std::string_view quota_by, elected_by, surplus_by, exclusion_by, last_two_by, remaining_by, overwhelming_by, tie_by;
};

template <class Votes>
class TransferCount : public Counting {
 protected:
  // Papers that came to a candidate in one transfer.
  struct Bundle {
    Rational value;
    std::size_t transfer;  // the stage that brought them, from 0
    Votes worth{};         // what the candidate was credited with for them
    std::int64_t papers = 0;
    std::vector<std::uint32_t> entries;
  };

 public:
  TransferCount(const Contest& contest, const Options& options, const Procedure& procedure)
      : Counting(contest, options, Votes::places),
        procedure_(procedure),
        rankings_(contest),
        piles_(rankings_, candidates()),
        bundles_(candidates()),
        votes_(candidates()),
        origins_{} {
    transcript_.papers = rankings_.valid() + rankings_.for_withdrawn();
    nontransferable_ = Votes(rankings_.for_withdrawn());
  }
  virtual ~TransferCount() = default;

  Result<Transcript> run() {
    const Parcel<Rational> all = piles_.all(Rational(1));
    open_stage(Stage::Kind::first, {});
    origins_.push_back({1});
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
          Votes credit = product(value, parcel.papers);
          follow(parcel.entries, to, value);
          if (to == nobody) {
            credit = exhausted_count ? product(value * exhausted_share, parcel.papers) : Votes{};
            nontransferable_ += credit;
          } else {
            votes_[to] += credit;
            bundles_[to].push_back(
                {value, transcript_.stages.size() - 1, credit, parcel.papers, std::move(parcel.entries)});
          }
          given += credit;
          stage().transfers.push_back({from, to, parcel.papers, credit.rational()});
        });
    loss_ += worth - given;
  }

  // Ends a transfer: enters the figures and elects. `whole`: nothing more of the same surplus or exclusion follows.
  Status end_transfer(bool whole) {
    Stage& now = stage();
    now.part = !whole;
    for (std::size_t candidate = 0; candidate < candidates(); ++candidate) {
      now.votes.push_back(votes_[candidate].rational());
      std::int64_t papers = 0;
      for (const Bundle& bundle : bundles_[candidate]) papers += bundle.papers;
      now.papers.push_back(papers);
    }
    now.nontransferable = nontransferable_.rational();
    now.loss = loss_.rational();
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

  static Votes product(const Rational& value, std::int64_t papers) {
    const mpz_class units =
        value.get_num() * static_cast<long>(papers) * static_cast<long>(Votes::unit) / value.get_den();
    if (!units.fits_slong_p()) throw Overflow();
    return Votes::of_units(units.get_si());
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

  static std::vector<std::uint32_t> entries_of(const std::vector<Bundle>& bundles) {
    std::vector<std::uint32_t> entries;
    for (const Bundle& bundle : bundles) entries.insert(entries.end(), bundle.entries.begin(), bundle.entries.end());
    return entries;
  }

  // Those of the papers that name a continuing candidate further on.
  [[nodiscard]] std::int64_t transferable(const std::vector<std::uint32_t>& entries) const {
    std::int64_t papers = 0;
    for (const std::uint32_t entry : entries)
      if (std::ranges::any_of(rankings_.preferences(entry), [this](Candidate to) { return is_continuing(to); }))
        papers += rankings_.weight(entry);
    return papers;
  }

  void open_transfer(Stage::Kind kind, std::vector<Candidate> from, std::vector<std::size_t> origin) {
    open_stage(kind, std::move(from));
    origins_.push_back(std::move(origin));
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
      Bundle last = std::move(bundles_[from].back());
      bundles_[from].pop_back();
      entries = std::move(last.entries);
      papers = transferable(entries);
      most = last.value;
    } else {
      for (const Bundle& bundle : bundles_[from]) papers += bundle.papers;
      entries = entries_of(std::exchange(bundles_[from], {}));
    }
    Rational value = papers == 0 ? Rational(1) : Rational(surplus.rational() / static_cast<long>(papers));
    if (last_only && most < value) value = most;
    open_transfer(Stage::Kind::surplus, {from}, {++major_});
    stage().transfer_value = value;
    votes_[from] = quota_;
    give(from, entries, value, surplus, !last_only, 1);
    return end_transfer(true);
  }

  // Parcel by parcel, each a transfer of its own.
  Status pass_on_parcels(Candidate from) {
    const bool continuing_only = procedure_.surplus == Procedure::Surplus::scaled_continuing;
    std::vector<Bundle> parcels = std::exchange(bundles_[from], {});
    sort_by_origin(parcels);
    const Votes votes = votes_[from];
    const Rational surplus = (votes - quota_).rational();
    Rational exhausted;
    for (const Bundle& parcel : parcels)
      exhausted += parcel.value * static_cast<long>(parcel.papers - transferable(parcel.entries));
    const Rational divisor = continuing_only ? Rational(votes.rational() - exhausted) : votes.rational();
    const Rational share = divisor <= surplus ? Rational(1) : Rational(surplus / divisor);
    const Rational quota = quota_.rational();
    const Rational exhausted_share =
        !continuing_only && exhausted > quota ? Rational((exhausted - quota) / exhausted) : Rational(1);
    ++major_;
    Rational left = votes.rational();
    for (std::size_t i = 0; i < parcels.size(); ++i) {
      const Bundle& parcel = parcels[i];
      open_transfer(Stage::Kind::surplus, {from}, origin_after(parcel.transfer));
      stage().transfer_value = parcel.value * share;
      left -= parcel.worth.rational() * surplus / votes.rational();
      const Votes before = votes_[from];
      votes_[from] = product(left, 1);
      give(from, parcel.entries, parcel.value * share, before - votes_[from], !continuing_only, exhausted_share);
      TRY(end_transfer(i + 1 == parcels.size()));
    }
    return {};
  }

  [[nodiscard]] std::vector<std::size_t> origin_after(std::size_t transfer) const {
    std::vector<std::size_t> origin{major_};
    origin.insert(origin.end(), origins_[transfer].begin(), origins_[transfer].end());
    return origin;
  }

  // The order of names like 8.6.2 (the eighth action, of papers of the sixth, of the second): the first two numbers as
  // numbers, the others as text.
  static bool earlier(const std::vector<std::size_t>& a, const std::vector<std::size_t>& b) {
    for (std::size_t i = 0; i < std::min(a.size(), b.size()); ++i)
      if (a[i] != b[i]) return i < 2 ? a[i] < b[i] : std::to_string(a[i]) < std::to_string(b[i]);
    return a.size() < b.size();
  }

  void sort_by_origin(std::vector<Bundle>& bundles) const {
    if (procedure_.order == Procedure::Order::by_origin)
      std::ranges::sort(bundles, [this](const Bundle& a, const Bundle& b) {
        return earlier(origins_[a.transfer], origins_[b.transfer]);
      });
  }

  Status exclude_lowest() {
    const Candidate lowest = TRY(decide(extremes(continuing(), Extreme::fewest, votes_), Extreme::fewest,
                                        procedure_.tied_lowest, "exclusion", std::string(procedure_.tie_by)));
    exclude({lowest}, "has the fewest votes", std::string(procedure_.exclusion_by));
    ++major_;
    if (procedure_.all_remaining == Procedure::When::before_transfer && continuing().size() <= vacancies()) {
      open_transfer(Stage::Kind::exclusion, {lowest}, {major_});
      return end_transfer(false);
    }
    const std::vector<std::vector<Bundle>> groups = groups_of(std::exchange(bundles_[lowest], {}));
    if (groups.empty()) {
      open_transfer(Stage::Kind::exclusion, {lowest}, {major_});
      return end_transfer(true);
    }
    for (std::size_t i = 0; i < groups.size(); ++i) {
      Votes worth{};
      for (const Bundle& bundle : groups[i]) worth += bundle.worth;
      open_transfer(Stage::Kind::exclusion, {lowest}, origin_after(groups[i].front().transfer));
      stage().transfer_value = groups[i].front().value;
      votes_[lowest] -= worth;
      // What has not moved yet is still held.
      bundles_[lowest].clear();
      for (std::size_t later = i + 1; later < groups.size(); ++later)
        bundles_[lowest].insert(bundles_[lowest].end(), groups[later].begin(), groups[later].end());
      give(lowest, entries_of(groups[i]), groups[i].front().value, worth, true, 1);
      TRY(end_transfer(i + 1 == groups.size()));
      if (vacancies() == 0) break;
    }
    return {};
  }

  // An excluded candidate's papers, as they go together and in which order.
  std::vector<std::vector<Bundle>> groups_of(std::vector<Bundle> bundles) const {
    using Order = Procedure::Order;
    std::vector<std::vector<Bundle>> groups;
    if (procedure_.order == Order::by_transfer || procedure_.order == Order::by_origin) {
      sort_by_origin(bundles);
      for (Bundle& bundle : bundles) groups.push_back({std::move(bundle)});
      return groups;
    }
    const bool first_apart = procedure_.order == Order::first_then_by_value;
    const auto later = [&](const Bundle& bundle) { return first_apart && bundle.transfer > 0; };
    std::map<std::pair<Rational, bool>, std::vector<Bundle>> by_value;
    for (Bundle& bundle : bundles) by_value[{-bundle.value, later(bundle)}].push_back(std::move(bundle));
    for (auto& [value, group] : by_value) groups.push_back(std::move(group));
    return groups;
  }

 protected:
  const Procedure& procedure_;
  Rankings rankings_;
  Piles<Rational> piles_;
  std::vector<std::vector<Bundle>> bundles_;
  std::vector<Votes> votes_;
  std::vector<std::vector<std::size_t>> origins_;  // by stage: its name, as in `earlier`
  std::deque<Candidate> waiting_;                  // elected with a surplus not yet transferred
  Votes quota_{};
  Votes nontransferable_{};
  Votes loss_{};
  std::size_t major_ = 1;  // surpluses and exclusions so far, and the first count
};

}  // namespace folkmoot::count
