#include "audit/poll.hpp"

#include <algorithm>
#include <cassert>
#include <map>

#include "charter/process/ballot.hpp"
#include "charter/standing.hpp"
#include "count/count.hpp"

namespace folkmoot::audit {
namespace {

using Numbers = std::vector<std::vector<std::uint64_t>>;
using Totals = std::vector<std::uint64_t>;

std::size_t answers(const Poll& poll) {
  return poll.yes_or_no ? 2 : poll.candidates.size() + static_cast<std::size_t>(poll.reopens);
}

// How many answers a paper of totals may choose, for it to be what the rule counts.
std::int64_t most_choices(const Poll& poll) {
  if (poll.yes_or_no || poll.rule == "plurality") return 1;
  const auto all = static_cast<std::int64_t>(answers(poll));
  return poll.rule == "block-vote" ? std::min(poll.places, all) : all;
}

Status check_question(const Poll& poll, const election::Question& question) {
  if (const auto* choice = std::get_if<election::HomomorphicQuestion>(&question.kind)) {
    if (choice->answers.size() != answers(poll)) {
      return fail("the question has {} answers, and {} are to be chosen from", choice->answers.size(), answers(poll));
    }
    if (choice->max > most_choices(poll)) {
      return fail("the question lets {} answers be chosen, not {}", choice->max, most_choices(poll));
    }
    return {};
  }
  if (poll.yes_or_no) return fail("the question is not one of yes or no");
  const auto scheme = TRY(election::RankingScheme::of(question));
  if (scheme.candidates().size() != answers(poll)) {
    return fail("the question has {} candidates, and {} stand", scheme.candidates().size(), answers(poll));
  }
  return {};
}

count::Options options(const record::Finished& finished) {
  count::Options options;
  options.lots = count::seeded_lots(to_hex(finished.closing));
  return options;
}

// The totals of a question, without that of blank votes.
Totals totals_of(const election::HomomorphicQuestion& question, const election::QuestionResult& result) {
  Totals totals = std::get<Totals>(result);
  if (question.blank_allowed()) totals.erase(totals.begin());
  return totals;
}

Result<count::Transcript> transcript_of(const Poll& poll, const record::Finished& finished, const charter::Names& out) {
  const election::Question& question = finished.questions.front();
  count::Contest contest;
  contest.title = question.text();
  contest.seats = static_cast<std::size_t>(poll.places);
  if (poll.reopens) contest.seats = std::min(contest.seats, poll.candidates.size());
  for (std::size_t i = 0; i < poll.candidates.size(); ++i) {
    if (charter::contains(out, poll.candidates[i])) contest.withdrawn.push_back(static_cast<count::Candidate>(i));
  }
  const election::QuestionResult& result = finished.result.questions.front();
  if (const auto* choice = std::get_if<election::HomomorphicQuestion>(&question.kind)) {
    contest.candidates = choice->answers;
    const auto& all = std::get<Totals>(result);
    const Totals totals = totals_of(*choice, result);
    const std::uint64_t blank = choice->blank_allowed() ? all.front() : 0;
    const std::vector<std::int64_t> votes(totals.begin(), totals.end());
    return count::count_totals(poll.rule, contest, votes, static_cast<std::int64_t>(finished.weight - blank),
                               options(finished));
  }
  const auto scheme = TRY(election::RankingScheme::of(question));
  contest.candidates = scheme.candidates();
  contest.papers = papers_of(scheme, std::get<Numbers>(result));
  return count::count(poll.rule, contest, options(finished));
}

Outcome count_yes_or_no(const record::Finished& finished) {
  const auto& question = std::get<election::HomomorphicQuestion>(finished.questions.front().kind);
  const Totals totals = totals_of(question, finished.result.questions.front());
  Outcome outcome;
  outcome.cast = static_cast<std::int64_t>(finished.tallied);
  outcome.yes = static_cast<std::int64_t>(totals[0]);
  outcome.no = static_cast<std::int64_t>(totals[1]);
  json::Writer writer;
  writer.begin_object();
  writer.key("question").string(question.question);
  writer.key("answers").begin_array();
  for (const std::string& answer : question.answers) writer.string(answer);
  writer.end_array();
  writer.key("totals").begin_array().integer(outcome.yes).integer(outcome.no).end_array();
  writer.key("weight").integer(static_cast<std::int64_t>(finished.weight));
  writer.end_object();
  outcome.transcript = writer.take();
  return outcome;
}

// Those in exactly one of the two.
charter::Names either(const charter::Names& a, const charter::Names& b) {
  charter::Names names;
  std::ranges::copy_if(a, std::back_inserter(names),
                       [&](const std::string& name) { return !charter::contains(b, name); });
  std::ranges::copy_if(b, std::back_inserter(names),
                       [&](const std::string& name) { return !charter::contains(a, name); });
  return names;
}

void check_rule(std::vector<charter::Problem>& problems, const charter::Place& place, const charter::Charter& charter,
                const std::string& name, const std::string& electorate, std::int64_t places) {
  const auto problem = [&](std::string message) {
    problems.push_back({place.line, place.path + ".rule", std::move(message)});
  };
  const count::Rule* rule = count::find_rule(name);
  if (!rule) return problem(fmt::format("there is no counting rule \"{}\"", name));
  if (rule->traits.has(count::Trait::single_seat) && places > 1) {
    problem(fmt::format("\"{}\" elects one candidate, and {} can be wanted", name, places));
  }
  const auto found = charter.electorates.find(electorate);
  const bool weighted = found != charter.electorates.end() && found->second.of == "affiliates";
  if (weighted && !rule->traits.has(count::Trait::by_totals)) {
    problem(fmt::format("\"{}\" ranks, and the electors of \"{}\" have weights", name, electorate));
  }
}

}  // namespace

Poll poll_of(const charter::State& state, const std::string& id, charter::Time now) {
  const charter::Election& election = charter::get(state.elections, id);
  const charter::Charter& charter = state.charter_of(election.charter);
  const charter::Ballot ballot = charter::ballot_of(state, charter, election.of, now);
  Poll poll;
  poll.id = id;
  poll.fingerprint = election.fingerprint;
  poll.electors = election.size;
  poll.weight = election.weight;
  const auto trustees = election.roles.find("trustee");
  poll.trustees = trustees == election.roles.end() ? 0 : static_cast<std::int64_t>(trustees->second.size());
  poll.threshold = charter.elections.threshold;
  poll.yes_or_no = ballot.yes_or_no;
  poll.rule = ballot.count;
  poll.places = ballot.places;
  poll.candidates = election.candidates;
  poll.reopens = charter::reopens(ballot, election.candidates.size());
  for (const std::string& candidate : election.candidates) {
    if (!charter::contains(ballot.candidates, candidate)) poll.out.push_back(candidate);
  }
  poll.suspended = charter::suspended_since_opening(state, election);
  return poll;
}

Status check_record(const Poll& poll, const record::Finished& finished) {
  const Bytes fingerprint = TRY(in("fingerprint", from_base64(finished.fingerprint)));
  if (to_hex(fingerprint) != poll.fingerprint) {
    return fail("the record is of another election: its fingerprint is {}, that of {} is {}", to_hex(fingerprint),
                poll.id, poll.fingerprint);
  }
  if (static_cast<std::int64_t>(finished.credentials) != poll.electors ||
      static_cast<std::int64_t>(finished.credentials_weight) != poll.weight) {
    return fail("{} credentials of weight {} could vote, and the frozen electorate is {} of weight {}",
                finished.credentials, finished.credentials_weight, poll.electors, poll.weight);
  }
  if (finished.trustees != poll.trustees) {
    return fail("the election has {} trustees, and {} were appointed", finished.trustees, poll.trustees);
  }
  if (finished.needed < poll.threshold) {
    return fail("{} trustees can decrypt, and the charter asks for {}", finished.needed, poll.threshold);
  }
  if (finished.questions.size() != 1) return fail("the election has {} questions, not 1", finished.questions.size());
  return check_question(poll, finished.questions.front());
}

Result<Outcome> count(const Poll& poll, const record::Finished& finished) {
  if (poll.yes_or_no) return count_yes_or_no(finished);
  const count::Transcript transcript = TRY(transcript_of(poll, finished, poll.out));
  Outcome outcome;
  outcome.cast = static_cast<std::int64_t>(finished.tallied);
  outcome.transcript = count::to_json(transcript);
  for (const count::Candidate winner : transcript.winners) {
    if (winner < poll.candidates.size()) outcome.elected.push_back(poll.candidates[winner]);
  }
  if (!poll.suspended.empty()) {
    const count::Transcript other = TRY(transcript_of(poll, finished, either(poll.out, poll.suspended)));
    outcome.other_transcript = count::to_json(other);
  }
  return outcome;
}

Vacancy vacancy_of(const charter::State& state, const std::string& seat, charter::Time now) {
  const charter::Seat& vacant = charter::get(state.seats, seat);
  const charter::Election& election = charter::get(state.elections, vacant.elected_in);
  Vacancy vacancy{seat, poll_of(state, vacant.elected_in, now), {}};
  for (const auto& [id, other] : state.seats) {
    if (other.by == vacant.elected_in) vacancy.seated.push_back(other.holder);
  }
  for (const std::string& candidate : election.candidates) {
    if (charter::contains(vacancy.seated, candidate) || charter::contains(vacancy.poll.out, candidate)) continue;
    const bool has_left =
        charter::contains(election.elected, candidate) || charter::contains(election.counted_back, candidate);
    if (has_left || !charter::unfit(state, state.charter(), vacant.post, candidate).empty()) {
      vacancy.poll.out.push_back(candidate);
    }
  }
  return vacancy;
}

Result<CountedBack> count_back(const Vacancy& vacancy, const record::Finished& finished) {
  const count::Transcript transcript = TRY(transcript_of(vacancy.poll, finished, vacancy.poll.out));
  for (const count::Candidate winner : transcript.winners) {
    if (winner >= vacancy.poll.candidates.size()) continue;
    const std::string& member = vacancy.poll.candidates[winner];
    if (!charter::contains(vacancy.seated, member)) return CountedBack{member, count::to_json(transcript)};
  }
  return fail("{}: nobody is left to take it by {}", vacancy.seat, vacancy.poll.id);
}

charter::Body declaration(const Vacancy& vacancy, const CountedBack& counted) {
  return {{"seat", vacancy.seat},
          {"election", vacancy.poll.id},
          {"member", counted.member},
          {"transcript", sha256_hex(counted.transcript)}};
}

charter::Body declaration(const Poll& poll, const Outcome& outcome, const std::string& record,
                          const std::string& supplement) {
  charter::Body body;
  body.set("election", poll.id);
  body.set("record", record);
  if (!supplement.empty()) body.set("supplement", supplement);
  body.set("transcript", sha256_hex(outcome.transcript));
  if (!outcome.other_transcript.empty()) body.set("other_transcript", sha256_hex(outcome.other_transcript));
  body.set("cast", outcome.cast);
  if (poll.yes_or_no) {
    body.set("yes", outcome.yes);
    body.set("no", outcome.no);
  } else {
    body.set("elected", outcome.elected);
  }
  return body;
}

count::Papers papers_of(const election::RankingScheme& scheme, const Numbers& ballots) {
  std::map<election::Ranking, std::int64_t> weights;
  for (const auto& numbers : ballots) ++weights[scheme.read(numbers)];
  count::Papers papers;
  for (const auto& [ranking, weight] : weights) {
    papers.add_ranking(std::vector<count::Candidate>(ranking.begin(), ranking.end()), weight);
  }
  return papers;
}

std::vector<charter::Problem> check_rules(const charter::Charter& charter) {
  std::vector<charter::Problem> problems;
  for (const auto& [name, contest] : charter.contests) {
    std::int64_t places = 0;
    for (const auto& [post, rule] : charter.posts) {
      if (rule.contest == name) places = std::max(places, rule.seats);
    }
    check_rule(problems, contest.place, charter, contest.rule, contest.electorate, places);
  }
  for (const auto& [name, slate] : charter.slates) {
    check_rule(problems, slate.place, charter, slate.rule, slate.electorate, slate.size);
  }
  return problems;
}

}  // namespace folkmoot::audit
