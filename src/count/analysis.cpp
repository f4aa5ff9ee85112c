#include "count/analysis.hpp"

#include <algorithm>

#include "count/rules/rules.hpp"

namespace folkmoot::count {
namespace {

// Where a candidate was elected or excluded: stage, from 1, and the event. Rules that start again can elect several
// times: the last counts.
struct Fate {
  std::size_t stage = 0;
  const Event* event = nullptr;
};

Fate fate_of(const Transcript& transcript, Candidate candidate, Event::Kind kind) {
  Fate fate;
  for (std::size_t i = 0; i < transcript.stages.size(); ++i)
    for (const Event& event : transcript.stages[i].events)
      if (event.kind == kind && std::ranges::count(event.candidates, candidate) > 0) fate = {i + 1, &event};
  return fate;
}

Contest with_papers_for(const Contest& contest, Candidate candidate, std::int64_t papers) {
  Contest more = contest;
  more.papers.add_ranking(std::vector<Candidate>{candidate}, papers);
  return more;
}

// Would `papers` more for the candidate put off the exclusion: is the candidate elected, or excluded at a later stage?
Result<bool> survives(std::string_view rule, const Contest& contest, const Options& options, Candidate candidate,
                      std::int64_t papers, std::size_t stage) {
  const Transcript again = TRY(count(rule, with_papers_for(contest, candidate, papers), options));
  const Fate fate = fate_of(again, candidate, Event::Kind::excluded);
  return fate.event == nullptr || fate.stage > stage || std::ranges::count(again.winners, candidate) > 0;
}

// A number of further papers that does it while one fewer doesn't, or 0 if none that is tried up to `most` does. Found
// by doubling and halving: since no STV rule is monotonic, a still smaller number might do it by accident.
Result<std::int64_t> papers_needed(std::string_view rule, const Contest& contest, const Options& options,
                                   Candidate candidate, std::size_t stage, std::int64_t most) {
  std::int64_t enough = 1;
  while (!TRY(survives(rule, contest, options, candidate, enough, stage))) {
    if (enough >= most) return 0;
    enough = std::min(2 * enough, most);
  }
  std::int64_t too_few = enough / 2;
  while (enough - too_few > 1) {
    const std::int64_t middle = too_few + (enough - too_few) / 2;
    (TRY(survives(rule, contest, options, candidate, middle, stage)) ? enough : too_few) = middle;
  }
  return enough;
}

std::string standings(const Transcript& transcript, const Stage& stage, const std::vector<Candidate>& excluded_before) {
  std::vector<Candidate> order;
  for (std::size_t c = 0; c < transcript.candidates.size(); ++c)
    if (std::ranges::count(excluded_before, static_cast<Candidate>(c)) == 0 &&
        std::ranges::count(transcript.withdrawn, static_cast<Candidate>(c)) == 0)
      order.push_back(static_cast<Candidate>(c));
  std::ranges::sort(order, [&](Candidate a, Candidate b) {
    return stage.votes[a] == stage.votes[b] ? a < b : stage.votes[a] > stage.votes[b];
  });
  std::string text;
  for (const Candidate candidate : order)
    text += fmt::format("    {:>14}  {}\n", transcript.figure(stage.votes[candidate]), transcript.name(candidate));
  return text;
}

}  // namespace

Result<std::string> explain(std::string_view rule, const Contest& contest, const Options& options,
                            Candidate candidate) {
  const Transcript transcript = TRY(count(rule, contest, options));
  if (candidate >= transcript.candidates.size()) return fail("there is no candidate with the number {}", candidate + 1);
  const std::string& name = transcript.name(candidate);
  if (std::ranges::count(transcript.withdrawn, candidate) > 0) return fmt::format("{} had withdrawn.\n", name);
  std::string text;
  const Stage& first = transcript.stages.front();
  text += fmt::format("{} began with {} votes", name, transcript.figure(first.votes[candidate]));
  if (transcript.quota) text += fmt::format("; the quota was {}", transcript.figure(*transcript.quota));
  text += ".\n";
  const Fate elected = fate_of(transcript, candidate, Event::Kind::elected);
  if (std::ranges::count(transcript.winners, candidate) > 0 && elected.event != nullptr)
    return text + fmt::format("{} was elected at stage {}: {} [{}].\n", name, elected.stage, elected.event->reason,
                              elected.event->paragraph);
  for (const Tie& tie : transcript.ties)
    if (std::ranges::count(tie.tied, candidate) > 0)
      text += fmt::format("After stage {} a tie between {} was decided ({}): {} was chosen, by {}.\n", tie.stage,
                          transcript.names(tie.tied), tie.purpose, transcript.name(tie.chosen), tie.how);
  const Fate excluded = fate_of(transcript, candidate, Event::Kind::excluded);
  if (excluded.event == nullptr) {
    const Stage& last = transcript.stages.back();
    text += fmt::format("{} was never excluded: all seats were filled by others. At the last stage:\n", name);
    return text + standings(transcript, last, {});
  }
  const Stage& then = transcript.stages[excluded.stage - 1];
  std::vector<Candidate> gone;
  for (std::size_t i = 0; i + 1 < excluded.stage; ++i)
    for (const Event& event : transcript.stages[i].events)
      if (event.kind == Event::Kind::excluded)
        gone.insert(gone.end(), event.candidates.begin(), event.candidates.end());
  text += fmt::format("{} was excluded after stage {}: {} [{}]. The votes then:\n", name, excluded.stage,
                      excluded.event->reason, excluded.event->paragraph);
  text += standings(transcript, then, gone);
  const Candidate* next = nullptr;
  std::vector<Candidate> others;
  for (std::size_t c = 0; c < transcript.candidates.size(); ++c) {
    const auto other = static_cast<Candidate>(c);
    if (std::ranges::count(gone, other) == 0 && std::ranges::count(excluded.event->candidates, other) == 0 &&
        std::ranges::count(transcript.withdrawn, other) == 0)
      others.push_back(other);
  }
  for (const Candidate& other : others)
    if (next == nullptr || then.votes[other] < then.votes[*next]) next = &other;
  if (next != nullptr)
    text += fmt::format("The next candidate, {}, had {} more.\n", transcript.name(*next),
                        transcript.figure(then.votes[*next] - then.votes[candidate]));
  const std::int64_t needed = TRY(
      papers_needed(rule, contest, options, candidate, excluded.stage, std::max<std::int64_t>(transcript.papers, 1)));
  if (needed > 0) {
    const Transcript again = TRY(count(rule, with_papers_for(contest, candidate, needed), options));
    const bool would_win = std::ranges::count(again.winners, candidate) > 0;
    text += fmt::format("{} more {} for {} alone would have put off this exclusion; {} would then {}.\n", needed,
                        needed == 1 ? "paper" : "papers", name, name,
                        would_win ? "have been elected" : "still not have been elected");
  }
  return text;
}

std::vector<Comparison> compare(const std::vector<std::string>& rules_asked, const Contest& contest,
                                const Options& options) {
  std::vector<std::string> which = rules_asked;
  const std::size_t seats = options.seats == 0 ? contest.seats : options.seats;
  if (which.empty())
    for (const Rule* rule : rules())
      if (seats == 1 || !rule->traits.has(Trait::single_seat)) which.emplace_back(rule->name);
  std::vector<Comparison> comparisons;
  for (const std::string& rule : which) {
    Result<Transcript> result = count(rule, contest, options);
    comparisons.push_back({rule, std::move(result)});
  }
  return comparisons;
}

std::string to_table(const std::vector<Comparison>& comparisons) {
  std::size_t width = 0;
  for (const Comparison& each : comparisons) width = std::max(width, each.rule.size());
  std::string text;
  const Transcript* first = nullptr;
  for (const Comparison& each : comparisons) {
    text += fmt::format("{:<{}}  ", each.rule, width);
    if (!each.result) {
      text += "– " + each.result.error().message + "\n";
      continue;
    }
    const Transcript& transcript = *each.result;
    text += transcript.names(transcript.winners);
    if (first == nullptr) {
      first = &transcript;
    } else {
      std::vector<Candidate> instead;
      std::vector<Candidate> of;
      for (const Candidate winner : transcript.winners)
        if (std::ranges::count(first->winners, winner) == 0) instead.push_back(winner);
      for (const Candidate winner : first->winners)
        if (std::ranges::count(transcript.winners, winner) == 0) of.push_back(winner);
      if (!instead.empty())
        text += fmt::format("  ({} instead of {})", transcript.names(instead),
                            of.empty() ? "nobody" : transcript.names(of));
    }
    text += "\n";
  }
  return text;
}

Result<std::string> trail(std::string_view rule, const Contest& contest, const Options& options, std::int64_t paper) {
  std::size_t entry = 0;
  for (std::int64_t before = paper - 1; entry < contest.papers.size() && before >= contest.papers.weight(entry);
       ++entry)
    before -= contest.papers.weight(entry);
  if (paper < 1 || entry == contest.papers.size())
    return fail("there is no paper {}: there are {}", paper, contest.papers.total());
  Options following = options;
  following.follow = entry;
  const Transcript transcript = TRY(count(rule, contest, following));
  const auto name = [&](Candidate candidate) {
    return candidate == nobody ? std::string("nobody (not transferable)") : transcript.name(candidate);
  };
  std::string text = fmt::format("Paper {}:", paper);
  for (const Mark& mark : contest.papers.marks(entry))
    text +=
        fmt::format(" {}. {}{}", mark.rank, mark.candidate == overvote ? "several" : transcript.name(mark.candidate),
                    &mark == &contest.papers.marks(entry).back() ? "" : ",");
  text += "\n";
  if (transcript.trail.empty()) {
    if (contest.papers.marks(entry).empty()) return text + "It marks nobody.\n";
    return fail("{} does not move papers that can be followed", rule);
  }
  for (const TrailStep& step : transcript.trail)
    text +=
        fmt::format("  stage {}, {}: {} for {}\n", step.stage, describe(transcript, transcript.stages[step.stage - 1]),
                    step.value.get_den() == 1 ? step.value.get_str() : to_text(step.value, 9), name(step.holder));
  const Candidate last = transcript.trail.back().holder;
  text += last == nobody ? "At the end it counts for nobody.\n"
                         : fmt::format("At the end it lies with {}, who {} elected.\n", name(last),
                                       std::ranges::count(transcript.winners, last) > 0 ? "is" : "is not");
  return text;
}

Result<Transcript> fill_vacancy(Vacancy how, std::string_view rule, const Contest& contest, Candidate leaver,
                                const std::vector<Candidate>& contestants, const Options& options) {
  TRY(check(contest));
  if (leaver >= contest.candidates.size()) return fail("there is no candidate with the number {}", leaver + 1);
  if (how == Vacancy::act_countback) {
    Transcript transcript = TRY(act_countback(contest, leaver, contestants, options));
    transcript.rule = "countback-act-2021";
    transcript.source = "Electoral Act 1992 (ACT), Schedule 4, part 4.3";
    return transcript;
  }
  const Transcript before = TRY(count(rule, contest, options));
  if (std::ranges::count(before.winners, leaver) == 0) return fail("{} was not elected", before.name(leaver));
  Contest again = contest;
  again.withdrawn.push_back(leaver);
  for (std::size_t c = 0; c < contest.candidates.size(); ++c) {
    const auto candidate = static_cast<Candidate>(c);
    const bool stands = contestants.empty() || std::ranges::count(contestants, candidate) > 0 ||
                        std::ranges::count(before.winners, candidate) > 0;
    if (!stands && std::ranges::count(again.withdrawn, candidate) == 0) again.withdrawn.push_back(candidate);
  }
  std::ranges::sort(again.withdrawn);
  Options same = options;
  same.seats = before.seats;
  if (how == Vacancy::recount_kept)
    for (const Candidate winner : before.winners)
      if (winner != leaver) same.constraints.push_back({"those who keep their seats", {winner}, 1, 1});
  Transcript transcript = TRY(count(rule, again, same));
  std::vector<Candidate> added;
  std::vector<Candidate> lost;
  for (const Candidate winner : transcript.winners)
    if (std::ranges::count(before.winners, winner) == 0) added.push_back(winner);
  for (const Candidate winner : before.winners)
    if (winner != leaver && std::ranges::count(transcript.winners, winner) == 0) lost.push_back(winner);
  if (!lost.empty())
    transcript.notes.push_back(fmt::format("the recount does not elect {} again", transcript.names(lost)));
  transcript.winners = std::move(added);
  return transcript;
}

}  // namespace folkmoot::count
