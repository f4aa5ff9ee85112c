// R1, R5, R40: ballots with real encryption, whose records anyone can read again.
#include <algorithm>

#include "audit/poll.hpp"
#include "count/count.hpp"
#include "election/ranking.hpp"
#include "record/finished.hpp"
#include "scenes/scene.hpp"
#include "service/poll.hpp"
#include "service/voter.hpp"
#include "store/file_source.hpp"

namespace folkmoot::scenes {
namespace {

// What is published under that hash.
service::fs::path published(Stage& org, const std::string& name) {
  return org.organisation().public_folder() / "published" / name;
}

record::Finished read_record(Stage& org, const Election& election) {
  const auto source = expect(store::FileSource::open(published(org, election.record)));
  return expect(record::read_finished(source));
}

// Whoever has the published record counts it again to the last figure, and sees how far behind the runner-up was.
void all_members_elect_a_leader(Stage& org) {
  const auto [contest, id] = org.campaign_for_chair({member(1), member(2), member(3)});
  org.hold(id, "Who is to be the chair?", own_order);
  const Election& election = get(org.state().elections, id);
  org.equal(org.stage(contest), "declared");
  org.equal(Names{org.seat("chair").holder}, election.elected);
  org.equal(org.seat("chair").stage, "held");
  org.equal(org.seat("chair").electorate, "members");

  const record::Finished finished = read_record(org, election);
  const election::Question& question = finished.questions.front();
  const auto scheme = expect(election::RankingScheme::of(question));
  count::Contest papers;
  papers.title = question.text();
  papers.seats = 1;
  papers.candidates = scheme.candidates();
  papers.papers =
      audit::papers_of(scheme, std::get<std::vector<std::vector<std::uint64_t>>>(finished.result.questions.front()));
  count::Options options;
  options.lots = count::seeded_lots(to_hex(finished.closing));
  const auto transcript = expect(count::count(org.charter().contests.at("leader").rule, papers, options));
  org.equal(expect(service::read_file(published(org, election.transcript))), count::to_json(transcript));

  org.check(!transcript.stages.empty());
  std::vector<count::Rational> placings = transcript.stages.back().votes;
  std::ranges::sort(placings, std::greater<>());
  org.say(fmt::format("{} stages; the runner-up was {} votes behind", transcript.stages.size(),
                      transcript.figure(count::Rational(placings[0] - placings[1]))));
}

// An organisation that fills vacancies by countback, with the chair elected from three who has then resigned.
std::unique_ptr<Stage> vacant_chair(const Stage& org) {
  std::string text = org.charter().text;
  const std::string_view leader = "[contests.leader]\n";
  text.insert(text.find(leader) + leader.size(), "vacancy = \"countback\"\n");
  std::unique_ptr<Stage> counted = org.under(text);
  const auto [contest, id] = counted->campaign_for_chair({member(1), member(2), member(3)});
  counted->hold(id, "Who is to be the chair?", own_order);
  counted->act("chair:", "seat.resign", {{"seat", "seat-chair-1"}});
  return counted;
}
Body counted_back(Stage& org) { return expect(service::countback_of(org.organisation(), "seat-chair-1", org.now())); }

// Whom the papers elect without those who have gone; neither the officers nor whoever was elected has a say in it.
void a_vacancy_is_counted_back(Stage& stage) {
  const std::unique_ptr<Stage> org = vacant_chair(stage);
  const Body body = counted_back(*org);
  org->refused("returning-officer:", "seat.count_back", body, "privileged");
  org->act("returning-officer:", "seat.count_back", body, "treasurer:");
  org->equal(org->seat("chair").holder, body.text("member"));
  org->equal(org->seat("chair").until, org->seat("chair").elected_until);  // the rest of that term
  // Again; and the third time nobody is left.
  org->act("chair:", "seat.resign", {{"seat", "seat-chair-1"}});
  org->act("returning-officer:", "seat.count_back", counted_back(*org), "treasurer:");
  org->act("chair:", "seat.resign", {{"seat", "seat-chair-1"}});
  org->check(!service::countback_of(org->organisation(), "seat-chair-1", org->now()));
  const audit::Report report = org->verify();
  org->check(report.valid());
  org->equal(report[audit::CheckId::counts].items(), 3U);  // one election, two countbacks
}

// The charter lets the officers name whoever stood. Whoever counts the papers again sees that they named another.
void another_than_the_papers_say_is_found(Stage& stage) {
  const std::unique_ptr<Stage> org = vacant_chair(stage);
  const Election& election = get(org->state().elections, org->seat("chair").elected_in);
  Body body = counted_back(*org);
  const std::string next = body.text("member");
  for (const std::string& candidate : election.candidates) {
    if (candidate != next && !contains(election.elected, candidate)) body.set("member", candidate);
  }
  org->act("returning-officer:", "seat.count_back", body, "treasurer:");
  const audit::Report report = org->verify();
  org->check(!report.valid());
  org->check(report[audit::CheckId::counts].failed());
}

// A voter finds the ballot again; outsiders check all of it; two of the three trustees must act for anything to be
// decrypted.
void a_secret_ballot_anyone_can_verify(Stage& org) {
  const auto [contest, id] = org.campaign_for_chair({member(1), member(2)});
  org.refused("returning-officer:", "election.declare",
              {{"election", id},
               {"record", hash("r")},
               {"transcript", hash("t")},
               {"cast", 1},
               {"elected", std::vector<std::string>{id_of(member(1))}}},
              "privileged", "treasurer:");  // there has been no ballot
  const service::PlayedElection played = org.hold(id, "Who is to be the chair?", own_order);
  const Election& election = get(org.state().elections, id);

  const std::string table = expect(service::read_file(played.folder() / "voters" / "trackers.csv"));
  const std::string line = table.substr(table.find('\n') + 1);
  const std::string tracker = line.substr(line.find(',') + 1, line.find('\r') - line.find(',') - 1);
  const service::TrackedBallot found = expect(service::look_up(published(org, election.record), tracker));
  org.equal(found.replaced_by, "");
  org.check(!service::look_up(published(org, election.record), hash("a ballot that nobody cast").substr(0, 43)));

  const record::Finished finished = read_record(org, election);
  org.equal(finished.trustees, 3);
  org.equal(finished.needed, 2);
  org.equal(static_cast<std::int64_t>(finished.tallied), election.cast);
  const audit::Report report = org.verify();
  org.check(report.valid());
  org.equal(report[audit::CheckId::records].items(), 1U);
}

constexpr Scene list[] = {
    {1, "A vacancy is counted back", a_vacancy_is_counted_back},
    {1, "Another than the papers say is found", another_than_the_papers_say_is_found},
    {5, "All members elect a leader", all_members_elect_a_leader},
    {40, "A secret ballot anyone can verify", a_secret_ballot_anyone_can_verify},
};

}  // namespace

std::span<const Scene> ballot_scenes() { return list; }

}  // namespace folkmoot::scenes
