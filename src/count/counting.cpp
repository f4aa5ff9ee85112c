#include "count/counting.hpp"

#include <algorithm>
#include <cassert>

namespace folkmoot::count {
namespace {

bool all_different(const std::vector<Candidate>& which, const std::vector<Rational>& votes) {
  for (std::size_t i = 0; i < which.size(); ++i)
    for (std::size_t j = 0; j < i; ++j)
      if (votes[which[i]] == votes[which[j]]) return false;
  return true;
}

}  // namespace

Counting::Counting(const Contest& contest, const Options& options, int places)
    : options_(options), status_(contest.candidates.size(), State::continuing) {
  transcript_.title = contest.title;
  transcript_.seats = options.seats == 0 ? contest.seats : options.seats;
  transcript_.candidates = contest.candidates;
  transcript_.withdrawn = contest.withdrawn;
  transcript_.places = places;
  transcript_.notes = contest.notes;
  for (const Candidate candidate : contest.withdrawn) status_[candidate] = State::withdrawn;
  if (options.constraints.empty()) return;
  constraints_ = *ConstraintTable::make(options.constraints, continuing(), seats());
  judge();
}

void Counting::judge() {
  if (!constraints_) return;
  const ConstraintTable::Verdict before =
      std::exchange(verdict_, constraints_->judge(transcript_.winners, continuing(), vacancies()));
  assert(verdict_.possible);
  if (transcript_.stages.empty() || vacancies() == 0) return;
  const auto announce = [&](const std::vector<Candidate>& now, const std::vector<Candidate>& then,
                            std::string_view what) {
    for (const Candidate candidate : now)
      if (std::ranges::count(then, candidate) == 0)
        stage().events.push_back({Event::Kind::note, {candidate}, std::string(what), "constraints"});
  };
  announce(verdict_.guarded, before.guarded, "guarded: every way to keep the constraints elects this candidate");
  announce(verdict_.doomed, before.doomed, "doomed: no way to keep the constraints elects this candidate");
}

bool Counting::may_elect(Candidate candidate) const {
  if (!constraints_) return true;
  std::vector<Candidate> elected = transcript_.winners;
  elected.push_back(candidate);
  std::vector<Candidate> left = continuing();
  std::erase(left, candidate);
  return constraints_->possible(elected, left, vacancies() - 1);
}

bool Counting::may_exclude(const std::vector<Candidate>& which) const {
  if (!constraints_) return true;
  std::vector<Candidate> left = continuing();
  std::erase_if(left, [&](Candidate candidate) { return std::ranges::count(which, candidate) > 0; });
  return constraints_->possible(transcript_.winners, left, vacancies());
}

std::vector<Candidate> Counting::excludable() const {
  if (!constraints_) return continuing();
  if (!verdict_.doomed.empty()) return verdict_.doomed;
  std::vector<Candidate> which = continuing();
  std::erase_if(which, [this](Candidate candidate) { return std::ranges::count(verdict_.guarded, candidate) > 0; });
  return which;
}

std::vector<Candidate> Counting::continuing() const {
  std::vector<Candidate> found;
  for (std::size_t candidate = 0; candidate < candidates(); ++candidate)
    if (status_[candidate] == State::continuing) found.push_back(static_cast<Candidate>(candidate));
  return found;
}

void Counting::elect(Candidate candidate, std::string reason, std::string paragraph) {
  assert(is_continuing(candidate) && vacancies() > 0);
  status_[candidate] = State::elected;
  transcript_.winners.push_back(candidate);
  stage().events.push_back({Event::Kind::elected, {candidate}, std::move(reason), std::move(paragraph)});
  judge();
}

void Counting::exclude(const std::vector<Candidate>& which, std::string reason, std::string paragraph) {
  for (const Candidate candidate : which) {
    assert(is_continuing(candidate));
    status_[candidate] = State::excluded;
  }
  if (constraints_ && std::ranges::all_of(which, [this](Candidate candidate) {
        return std::ranges::count(verdict_.doomed, candidate) > 0;
      })) {
    reason = "doomed by the constraints";
    paragraph = "constraints";
  }
  stage().events.push_back({Event::Kind::excluded, which, std::move(reason), std::move(paragraph)});
  judge();
}

void Counting::unelect_all() {
  for (const Candidate winner : std::exchange(transcript_.winners, {})) status_[winner] = State::continuing;
}

void Counting::set_quota(const Rational& quota, std::string reason, std::string paragraph) {
  transcript_.quota = quota;
  stage().events.push_back({Event::Kind::quota, {}, std::move(reason), std::move(paragraph)});
}

void Counting::note(std::string text, std::string paragraph) {
  stage().events.push_back({Event::Kind::note, {}, std::move(text), std::move(paragraph)});
}

Stage& Counting::open_stage(Stage::Kind kind, std::vector<Candidate> from) {
  Stage& opened = transcript_.stages.emplace_back();
  opened.kind = kind;
  opened.from = std::move(from);
  return opened;
}

Stage& Counting::open_surplus(Candidate from, const Rational& surplus, std::string paragraph) {
  Stage& opened = open_stage(Stage::Kind::surplus, {from});
  opened.events.push_back({Event::Kind::surplus,
                           {from},
                           transcript_.figure(surplus) + " votes over the quota are passed on",
                           std::move(paragraph)});
  return opened;
}

void Counting::list_by_nomination() {
  const auto elected = std::ranges::count(stage().events, Event::Kind::elected, &Event::kind);
  std::sort(transcript_.winners.end() - elected, transcript_.winners.end());
}

Result<Candidate> Counting::decide(std::vector<Candidate> tied, Extreme extreme, Look look, const std::string& purpose,
                                   const std::string& paragraph) {
  assert(!tied.empty());
  if (tied.size() == 1) return tied.front();
  const std::vector<Candidate> asked = tied;
  const std::size_t stages = transcript_.stages.size();
  for (std::size_t i = 0; i < stages && look != Look::nowhere; ++i) {
    const std::size_t number = look == Look::forwards ? i + 1 : stages - i;
    const Stage& then = transcript_.stages[number - 1];
    if (look == Look::backwards_whole && then.part) continue;
    if (look == Look::all_different && !all_different(tied, then.votes)) continue;
    tied = extremes(tied, extreme, then.votes);
    if (tied.size() > 1) continue;
    const std::string how = fmt::format("{} votes at stage {}", extreme == Extreme::fewest ? "fewer" : "more", number);
    record_tie({stages, asked, purpose, tied.front(), false, how}, paragraph);
    return tied.front();
  }
  return draw(tied, purpose, paragraph);
}

Result<Candidate> Counting::draw(const std::vector<Candidate>& tied, const std::string& purpose,
                                 const std::string& paragraph) {
  assert(!tied.empty());
  if (tied.size() == 1) return tied.front();
  std::vector<std::string> names;
  for (const Candidate candidate : tied) names.push_back(transcript_.name(candidate));
  Lot lot = TRY(options_.lots({purpose, names}));
  if (lot.index >= tied.size()) return fail("the lot drawn is {}, of only {} candidates", lot.index + 1, tied.size());
  const Candidate chosen = tied[lot.index];
  record_tie({transcript_.stages.size(), tied, purpose, chosen, true, std::move(lot.how)}, paragraph);
  return chosen;
}

void Counting::follow(const std::vector<std::uint32_t>& entries, Candidate holder, const Rational& value) {
  if (!options_.follow || std::ranges::count(entries, *options_.follow) == 0) return;
  transcript_.trail.push_back({transcript_.stages.size(), holder, value});
}

void Counting::record_tie(Tie tie, const std::string& paragraph) {
  if (!transcript_.stages.empty())
    stage().events.push_back(
        {Event::Kind::tie, tie.tied,
         fmt::format("equal; for {} {} was chosen ({})", tie.purpose, transcript_.name(tie.chosen), tie.how),
         paragraph});
  transcript_.ties.push_back(std::move(tie));
}

}  // namespace folkmoot::count
