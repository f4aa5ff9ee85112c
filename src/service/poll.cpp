#include "service/poll.hpp"

#include "charter/process/ballot.hpp"
#include "charter/standing.hpp"
#include "count/count.hpp"
#include "service/auditor.hpp"
#include "service/supplement.hpp"
#include "store/file_source.hpp"

namespace folkmoot::service {
namespace {

// How many answers may be chosen where only totals are counted.
std::int64_t most_choices(const charter::Ballot& ballot, std::size_t answers) {
  const auto all = static_cast<std::int64_t>(answers);
  if (ballot.yes_or_no || ballot.count == "plurality") return 1;
  return ballot.count == "block-vote" ? std::min(ballot.places, all) : all;
}

}  // namespace

Result<BallotPaper> paper_for(const charter::State& state, const std::string& id, const std::string& question,
                              const std::function<std::string(const std::string& member)>& name_of, charter::Time now) {
  const auto found = state.elections.find(id);
  if (found == state.elections.end()) return fail("there is no {}", id);
  const charter::Election& election = found->second;
  if (election.root.empty()) return fail("the electorate of {} is not frozen yet", id);
  const charter::Ballot ballot = charter::ballot_of(state, state.charter_of(election.charter), election.of, now);

  Contest contest;
  contest.question = question;
  if (ballot.yes_or_no) {
    contest.candidates = {"For", "Against"};
  } else {
    const charter::Names candidates = charter::in_ballot_order(ballot.candidates, election);
    for (const std::string& candidate : candidates) contest.candidates.push_back(name_of(candidate));
    if (charter::reopens(ballot, candidates.size())) contest.candidates.emplace_back("Re-open nominations");
    contest.rule = ballot.count;
    contest.seats = std::min(ballot.places, static_cast<std::int64_t>(candidates.size()));
  }
  const count::Rule* rule = count::find_rule(ballot.count);
  const bool totals = ballot.yes_or_no || (rule && rule->traits.has(count::Trait::by_totals));
  contest.kind = totals ? Contest::Kind::choice : Contest::Kind::ranking;
  contest.max = totals ? most_choices(ballot, contest.candidates.size()) : 1;

  BallotPaper paper;
  paper.name = fmt::format("{}: {}", state.charter().name, id);
  paper.description = question;
  paper.contests.push_back(std::move(contest));
  // Read again, as what a person wrote would be: everything about a paper is checked there.
  return read_ballot_paper(json::to_text(paper));
}

Result<std::string> fingerprint_in_hex(std::string_view fingerprint) {
  const Bytes bytes = TRY(in("fingerprint", from_base64(fingerprint)));
  return to_hex(bytes);
}

Result<charter::Body> declaration_of(const audit::Poll& poll, const fs::path& record, const Publish& publish) {
  const GoodRecord good = TRY(expect_good_record(record));
  if (good.record.verdict() != record::Verdict::valid)
    return fail("{}: the election has no result yet", record.string());
  const store::FileSource source = TRY(store::FileSource::open(record));
  const record::Finished finished = TRY(in(record.string(), record::read_finished(source)));
  TRY(in(record.string(), audit::check_record(poll, finished)));
  const audit::Outcome outcome = TRY(audit::count(poll, finished));
  const std::string bytes = TRY(read_file(record));
  const std::string hash = TRY(publish(bytes));
  std::string supplement_hash;
  if (good.strict) {
    const std::string supplement = TRY(read_file(supplement_file(record)));
    supplement_hash = TRY(publish(supplement));
  }
  TRY(publish(outcome.transcript));
  if (!outcome.other_transcript.empty()) TRY(publish(outcome.other_transcript));
  return audit::declaration(poll, outcome, hash, supplement_hash);
}

Result<charter::Body> declaration_of(Organisation& organisation, const std::string& election, const fs::path& record,
                                     charter::Time now) {
  const charter::State& state = organisation.state();
  if (!state.elections.contains(election)) return fail("there is no {}", election);
  const auto publish = [&](std::string_view bytes) { return organisation.publish_bytes(bytes); };
  return declaration_of(audit::poll_of(state, election, now), record, publish);
}

Result<charter::Body> countback_of(Organisation& organisation, const std::string& seat, charter::Time now) {
  const charter::State& state = organisation.state();
  const auto found = state.seats.find(seat);
  if (found == state.seats.end() || found->second.elected_in.empty()) return fail("{}: no election filled it", seat);
  const std::string& record = charter::get(state.elections, found->second.elected_in).record;
  const store::FileSource source = TRY(store::FileSource::open(organisation.public_folder() / "published" / record));
  const record::Finished finished = TRY(in(found->second.elected_in, record::read_finished(source)));
  const audit::Vacancy vacancy = audit::vacancy_of(state, seat, now);
  const audit::CountedBack counted = TRY(audit::count_back(vacancy, finished));
  TRY(organisation.publish_bytes(counted.transcript));
  return audit::declaration(vacancy, counted);
}

}  // namespace folkmoot::service
