#include "service/demo.hpp"

#include <map>

#include "count/count.hpp"
#include "count/format/blt.hpp"
#include "group/ed25519/group.hpp"
#include "service/invented.hpp"

namespace folkmoot::service {
namespace {

Result<InventedElection> prepare(const DemoOptions& options) {
  if (!options.ballots) {
    if (options.members < 1) return fail("an organisation has at least one member");
    return invent_election(options.members);
  }
  const std::string text = TRY(read_file(*options.ballots));
  const count::Contest contest = TRY(in(options.ballots->string(), count::read_blt(text)));
  const std::size_t seats = options.seats == 0 ? contest.seats : options.seats;
  if (contest.papers.total() == 0) return fail("{}: holds no papers", options.ballots->string());
  InventedElection election = election_of(contest, options.rule, seats);
  // A ballot carries so many preferences; who ranked more is meant to have stopped there.
  for (InventedVote& vote : election.votes) {
    auto& preferences = vote.preferences.front();
    preferences.resize(std::min(preferences.size(), group::Ed25519::max_ints));
  }
  // What a person would have written must be read as one: the rule and the number of seats are checked there.
  TRY(in(options.ballots->string(), read_ballot_paper(json::to_text(election.paper))));
  return election;
}

// Whether the votes as they were meant, each member's last, count to the same transcripts as the decrypted ballots.
Result<bool> count_as_meant(const InventedElection& election, const Declaration& declaration) {
  std::map<std::size_t, const InventedVote*> last;
  for (const InventedVote& vote : election.votes) last[vote.member] = &vote;
  for (std::size_t i = 0; i < declaration.contests.size(); ++i) {
    count::Papers papers;
    for (const auto& [member, vote] : last) papers.add_ranking(vote->preferences[i], 1);
    const auto meant = TRY(count_papers(election.paper.contests[i], std::move(papers), election.paper.lots));
    if (count::to_json(meant) != count::to_json(*declaration.contests[i].transcript)) return false;
  }
  return true;
}

}  // namespace

Result<DemoOutcome> run_demo(const DemoOptions& options, const Audience& audience) {
  InventedElection election = TRY(prepare(options));
  PlayedElection played =
      TRY(PlayedElection::open(std::move(election), {}, options.folder.value_or(fs::path()), audience));
  TRY(played.vote());
  TRY(played.tally());

  DemoOutcome outcome;
  outcome.folder = played.folder();
  outcome.record = played.record();
  outcome.declaration = TRY(declare(played.record(), played.paper(), {}, audience.progress));
  TRY(write_declaration(outcome.declaration, played.published()));
  audience.tell("officer", "has verified the record, counted the ballots and declared the result");
  outcome.counts_agree = TRY(count_as_meant(played.election(), outcome.declaration));
  return outcome;
}

}  // namespace folkmoot::service
