#include "count/counting.hpp"

#include <algorithm>
#include <cassert>

namespace folkmoot::count {

Counting::Counting(const Contest& contest, const Options& options, int places)
    : options_(options), status_(contest.candidates.size(), State::continuing) {
  transcript_.title = contest.title;
  transcript_.seats = options.seats == 0 ? contest.seats : options.seats;
  transcript_.candidates = contest.candidates;
  transcript_.withdrawn = contest.withdrawn;
  transcript_.places = places;
  transcript_.notes = contest.notes;
  for (const Candidate candidate : contest.withdrawn) status_[candidate] = State::withdrawn;
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
}

void Counting::exclude(const std::vector<Candidate>& which, std::string reason, std::string paragraph) {
  for (const Candidate candidate : which) {
    assert(is_continuing(candidate));
    status_[candidate] = State::excluded;
  }
  stage().events.push_back({Event::Kind::excluded, which, std::move(reason), std::move(paragraph)});
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
    const std::size_t number = look == Look::backwards ? stages - i : i + 1;
    tied = extremes(tied, extreme, transcript_.stages[number - 1].votes);
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

void Counting::record_tie(Tie tie, const std::string& paragraph) {
  if (!transcript_.stages.empty())
    stage().events.push_back(
        {Event::Kind::tie, tie.tied,
         fmt::format("equal; for {} {} was chosen ({})", tie.purpose, transcript_.name(tie.chosen), tie.how),
         paragraph});
  transcript_.ties.push_back(std::move(tie));
}

}  // namespace folkmoot::count
