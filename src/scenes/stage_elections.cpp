// The stage's contests and ballots: with real encryption where a scene is about the record, and where it is about what
// follows from a result, with the result alone.
#include <algorithm>

#include "scenes/stage.hpp"
#include "secret/random.hpp"
#include "service/electorate.hpp"
#include "service/poll.hpp"

namespace folkmoot::scenes {

std::string Stage::prepare(const std::string& of) {
  act("returning-officer:", "election.prepare", {{"of", of}});
  const std::string election = last("election");
  for (const std::string_view person : election_staff) {
    const char* role = person == election_staff[0] ? "registrar" : "trustee";
    act("returning-officer:", "election.appoint",
        {{"election", election}, {"role", role}, {"member", id_of(std::string(person))}});
  }
  const Actor keeper = actor(charter().duties.at("roll").front() + ":");
  const Request frozen =
      expect(service::freeze(organisation_->database(), state(), election, keeper, now_, secret::Random::system()));
  act(keeper.office + ":", frozen.type, frozen.body);
  return election;
}

void Stage::open(const std::string& election) {
  act("returning-officer:", "election.open", {{"election", election}, {"fingerprint", hash("setup of " + election)}},
      "chair:");
}

void Stage::declare(const std::string& election, const std::vector<std::string>& elected) {
  until(get(state().elections, election).closes);
  std::vector<std::string> references;
  for (const std::string& person : elected) references.push_back(id_of(person));
  act("returning-officer:", "election.declare",
      {{"election", election},
       {"record", hash("record of " + election)},
       {"transcript", hash("count of " + election)},
       {"cast", get(state().elections, election).size},
       {"elected", references}},
      "chair:");
}

void Stage::declare(const std::string& election, int yes, int no) {
  until(get(state().elections, election).closes);
  act("returning-officer:", "election.declare",
      {{"election", election},
       {"record", hash("record of " + election)},
       {"transcript", hash("count of " + election)},
       {"cast", yes + no},
       {"yes", yes},
       {"no", no}},
      "chair:");
}

std::string Stage::call(const std::string& post, int seats) {
  act("returning-officer:", "contest.call", {{"post", post}, {"seats", seats}});
  std::string contest = last("contest");
  prepare(contest);
  until(get(state().contests, contest).opens);
  equal(stage(contest), "applications");
  return contest;
}

std::string Stage::stand(const std::string& contest, const std::string& person, const std::string& statement) {
  const std::string words = statement.empty() ? hash("statement of " + person) : statement;
  act(person, "application.submit", {{"contest", contest}, {"statement", words}});
  std::string application = last("application");
  const std::string rule = get(state().contests, contest).rule;
  for (int i = 0; i < charter().contests.at(rule).nominations; ++i) {
    act(member(30 + i), "application.nominate", {{"application", application}});
  }
  equal(stage(application), "standing");
  return application;
}

void Stage::campaign(const std::string& contest) {
  until(get(state().contests, contest).closes + days(1));
  if (!charter().contests.at(get(state().contests, contest).rule).minima.empty()) {
    act("returning-officer:", "contest.count_characteristic",
        {{"contest", contest}, {"characteristic", "woman"}, {"applicants", 4}});
  }
  until(get(state().contests, contest).ballot_from);
  equal(stage(contest), "candidates");
}

Stage::Open Stage::campaign_for_chair(const std::vector<std::string>& candidates) {
  act("chair:", "seat.resign", {{"seat", "seat-chair-1"}});
  Open opened;
  opened.contest = call("chair");
  for (const std::string& candidate : candidates) stand(opened.contest, candidate);
  campaign(opened.contest);
  opened.election = get(state().contests, opened.contest).election;
  return opened;
}

Stage::Open Stage::contest_for_chair(const std::vector<std::string>& candidates) {
  Open opened = campaign_for_chair(candidates);
  open(opened.election);
  return opened;
}

service::PlayedElection Stage::open_ballot(const std::string& id, const std::string& question, const Votes& votes,
                                           const Progress& progress) {
  service::InventedElection invented;
  const auto name = [&](const std::string& member) { return name_of(member); };
  invented.paper = expect(service::paper_for(state(), id, question, name, now_));
  for (const std::string& elector : get(state().elections, id).electors) {
    const std::size_t number = invented.members.size();
    invented.members.push_back({elector, name_of(elector), fmt::format("{}@example.org", elector)});
    if (number % 4 != 3) {
      invented.votes.push_back({number, {votes(elector, invented.paper.contests.front().candidates.size())}});
    }
  }
  service::Audience audience;
  audience.progress = progress;
  auto played = expect(service::PlayedElection::open(std::move(invented), trustees, folder_ / id, audience));
  act("returning-officer:", "election.open",
      {{"election", id}, {"fingerprint", expect(service::fingerprint_in_hex(played.fingerprint()))}}, "chair:");
  return played;
}

service::PlayedElection Stage::hold(const std::string& id, const std::string& question, const Votes& votes,
                                    const Progress& progress) {
  auto played = open_ballot(id, question, votes, progress);
  expect(played.vote());
  until(get(state().elections, id).closes);
  expect(played.tally());
  const Body declared = expect(service::declaration_of(*organisation_, id, played.record(), now_));
  act("returning-officer:", "election.declare", declared, "chair:");
  return played;
}

std::vector<count::Candidate> own_order(const std::string& elector, std::size_t candidates) {
  std::vector<count::Candidate> order;
  for (std::size_t i = 0; i < candidates; ++i) order.push_back(static_cast<count::Candidate>(i));
  std::ranges::sort(order, {}, [&](count::Candidate c) { return sha256(fmt::format("{} {}", elector, c)); });
  order.resize(std::min<std::size_t>(order.size(), 5));
  return order;
}

}  // namespace folkmoot::scenes
