#include "service/demo.hpp"

#include <map>

#include "base/csv.hpp"
#include "count/count.hpp"
#include "count/format/blt.hpp"
#include "election/ranking.hpp"
#include "secret/voter.hpp"
#include "secret/work.hpp"
#include "service/ceremony.hpp"
#include "service/invented.hpp"
#include "service/officer.hpp"
#include "service/opened.hpp"
#include "service/registrar.hpp"
#include "service/trustee.hpp"
#include "service/voter.hpp"

namespace folkmoot::service {
namespace {

constexpr std::int64_t trustees = 5;
constexpr std::int64_t threshold = 3;
constexpr std::array<std::int64_t, 3> shufflers = {1, 2, 3};
constexpr std::array<std::int64_t, threshold> decrypters = {2, 4, 5};
constexpr std::string_view group_name = group::Ed25519::name;

// The folders, and who tells what happens.
struct Stage {
  fs::path folder;
  const DemoAudience& audience;

  [[nodiscard]] fs::path registrar() const { return folder / "registrar"; }
  [[nodiscard]] fs::path officer() const { return folder / "officer"; }
  [[nodiscard]] fs::path voters() const { return folder / "voters"; }
  [[nodiscard]] fs::path published() const { return folder / "public"; }
  [[nodiscard]] fs::path ceremony() const { return published() / "ceremony"; }
  [[nodiscard]] fs::path trustee(std::int64_t number) const { return folder / fmt::format("trustee-{}", number); }
  [[nodiscard]] TrusteeSecret secret(std::int64_t number) const {
    return {trustee(number) / "trustee.key", ceremony() / fmt::format("decryption-key-{}.dkey", number)};
  }
  template <class... Args>
  void tell(std::string_view role, fmt::format_string<Args...> format, Args&&... args) const {
    audience.tell(role, fmt::format(format, std::forward<Args>(args)...));
  }
};

std::string trustee_name(std::int64_t number) { return fmt::format("trustee {}", number); }

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

Status make_credentials(const Stage& stage, const BallotPaper& paper, const InventedElection& election) {
  TRY(write_file(stage.registrar() / "roll.csv", roll_csv(election.members)));
  const std::string csv = TRY(read_file(stage.registrar() / "roll.csv"));
  const auto roll = charter::read_roll(csv);
  if (!roll) return fail("{}", charter::describe(roll.error()));
  const auto made =
      TRY(service::make_credentials(*roll, paper.uuid, paper.group, stage.registrar(), stage.audience.progress));
  stage.tell("registrar", "has made a credential for each of the {} voters on the roll", made.voters);
  return {};
}

Status make_keys(const Stage& stage) {
  for (std::int64_t i = 1; i <= trustees; ++i) {
    TRY(join_ceremony(stage.ceremony(), {std::string(group_name), trustees, threshold, i}, stage.secret(i).key));
  }
  TRY(advance_ceremony(stage.ceremony()));
  for (std::int64_t i = 1; i <= trustees; ++i) TRY(send_polynomial(stage.ceremony(), stage.secret(i).key));
  TRY(advance_ceremony(stage.ceremony()));
  for (std::int64_t i = 1; i <= trustees; ++i) TRY(send_share(stage.ceremony(), stage.secret(i).key));
  TRY(advance_ceremony(stage.ceremony()));
  stage.tell("trustees", "have made a key together: any {} of the {} can decrypt, fewer cannot", threshold, trustees);
  return {};
}

Result<OpenedElection> open(const Stage& stage, const BallotPaper& paper) {
  const std::string trustees_text = TRY(assemble_trustees(group_name, {stage.ceremony() / "threshold.json"}));
  const auto credentials = TRY(read_lines(stage.registrar() / "public_creds.json"));
  auto opened = TRY(open_election(paper, trustees_text, credentials.front(), stage.published()));
  stage.tell("officer", "has opened election {}, fingerprint {}", paper.uuid, opened.fingerprint);
  TRY(check_published_credentials(stage.registrar(), opened.record));
  stage.tell("registrar", "finds exactly the credentials made, and no other, in the record");
  return opened;
}

// The voters' credentials, in the order of the roll: as if each had opened their letter.
Result<std::vector<secret::PrivateCredential>> deliver_letters(const Stage& stage) {
  const secret::SecretText text = TRY(read_secret(stage.registrar() / "private" / "private_creds.csv"));
  std::vector<secret::PrivateCredential> credentials;
  csv::Reader reader(text.view(), ',');
  csv::Row row;
  TRY(reader.next(row));  // names of the columns
  while (TRY(reader.next(row))) {
    auto credential = TRY(secret::PrivateCredential::parse(row.fields.at(1)));
    credentials.push_back(std::move(credential));
  }
  return credentials;
}

template <PrimeGroup G>
Result<std::vector<election::PlainAnswer>> fill_in(const election::Election<G>& election, const InventedVote& vote) {
  std::vector<election::PlainAnswer> answers;
  for (std::size_t i = 0; i < election.questions.size(); ++i) {
    const auto scheme = TRY(election::RankingScheme::of(election.questions[i]));
    auto numbers = TRY(scheme.write({vote.preferences[i].begin(), vote.preferences[i].end()}));
    answers.emplace_back(std::move(numbers));
  }
  return answers;
}

// Everybody votes. Gives the tracker of each vote.
Result<std::vector<std::string>> vote(const Stage& stage, const fs::path& record, const InventedElection& election) {
  const auto credentials = TRY(deliver_letters(stage));
  std::vector<std::string> ballots(election.votes.size());
  const Status made = with_record(record, [&]<PrimeGroup G>(Opened<G>& opened) -> Status {
    const secret::Booth<G> booth(opened.setup.election, opened.setup.fingerprint);
    std::vector<Status> statuses(ballots.size());
    const secret::Work work{
        0, [&](std::size_t done, std::size_t all) { stage.audience.progress("ballots made", done, all); }};
    secret::parallel_for(ballots.size(), work, [&](std::size_t i) {
      const auto make = [&]() -> Status {
        const InventedVote& vote = election.votes[i];
        const auto answers = TRY(fill_in(opened.setup.election, vote));
        const auto ballot = TRY(booth.make_ballot(credentials[vote.member], answers, secret::Random::system()));
        ballots[i] = json::to_text(ballot);
        return {};
      };
      statuses[i] = make();
    });
    for (const Status& status : statuses) TRY(status);
    return {};
  });
  TRY(made);
  std::vector<std::string> trackers;
  std::string lines;
  std::string table = "number,tracker\r\n";
  for (std::size_t i = 0; i < ballots.size(); ++i) {
    trackers.push_back(election::tracker(ballots[i]));
    lines += ballots[i] + "\n";
    table += fmt::format("{},{}\r\n", election.members[election.votes[i].member].number, trackers.back());
  }
  TRY(write_file(stage.voters() / "ballots.jsons", lines));
  TRY(write_file(stage.voters() / "trackers.csv", table));
  return trackers;
}

Status collect_ballots(const Stage& stage, const fs::path& record, const InventedElection& election) {
  const auto trackers = TRY(vote(stage, record, election));
  const auto acceptance = TRY(accept_ballots(record, {stage.voters() / "ballots.jsons"}, stage.audience.progress));
  for (const RefusedBallot& refused : acceptance.refused)
    stage.tell("officer", "{}: {}", refused.where, refused.reason);
  if (!acceptance.refused.empty()) return fail("{} ballots were refused", acceptance.refused.size());
  stage.tell("officer", "has checked and accepted {} ballots", acceptance.accepted);
  const TrackedBallot found = TRY(look_up(record, trackers.front()));
  stage.tell("a voter", "looks up tracker {}: ballot {} of the record{}", trackers.front(), found.number,
             found.replaced ? ", replaced by a later one" : "");
  const ClosedVoting closed = TRY(close_voting(record, stage.audience.progress));
  stage.tell("officer", "has closed the voting: {} ballots, of which {} count, each voter's last", closed.ballots,
             closed.tallied);
  return {};
}

Status tally(const Stage& stage, const fs::path& record) {
  for (const std::int64_t i : shufflers) {
    const fs::path file = stage.published() / fmt::format("shuffle-{}.jsons", i);
    TRY(shuffle_tally(record, i, file, stage.audience.progress));
    TRY(collect(record, file, stage.audience.progress));
    stage.tell(trustee_name(i), "has verified the whole record and shuffled the ballots; the proof is in the record");
  }
  TRY(end_shuffles(record));
  for (const std::int64_t i : decrypters) {
    const fs::path file = stage.published() / fmt::format("decryption-{}.jsons", i);
    TRY(decrypt_tally(record, stage.secret(i), file, stage.audience.progress));
    TRY(collect(record, file, stage.audience.progress));
    stage.tell(trustee_name(i), "has verified the whole record and decrypted a share; the proof is in the record");
  }
  TRY(publish_result(record, stage.audience.progress));
  stage.tell("officer", "has published the result, which {} of {} trustees decrypted", threshold, trustees);
  return {};
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

Result<DemoOutcome> run_demo(const DemoOptions& options, const DemoAudience& audience) {
  const InventedElection election = TRY(prepare(options));
  const BallotPaper paper = TRY(draft(election.paper, group_name, secret::Random::system()));
  const Stage stage{options.folder.value_or(fs::path("demo-" + paper.uuid)), audience};
  std::error_code missing;
  if (fs::exists(stage.folder) && !fs::is_empty(stage.folder, missing)) {
    return fail("{}: is there already; name a folder that is not", stage.folder.string());
  }
  TRY(write_file(stage.officer() / "ballot-paper.json", json::to_text(paper) + "\n"));
  stage.tell("officer", "has drafted the ballot paper of \"{}\"", paper.name);

  TRY(make_credentials(stage, paper, election));
  TRY(make_keys(stage));
  const OpenedElection opened = TRY(open(stage, paper));
  TRY(collect_ballots(stage, opened.record, election));
  TRY(tally(stage, opened.record));

  DemoOutcome outcome;
  outcome.folder = stage.folder;
  outcome.record = opened.record;
  outcome.declaration = TRY(declare(opened.record, paper, {}, audience.progress));
  TRY(write_declaration(outcome.declaration, stage.published()));
  stage.tell("officer", "has verified the record, counted the ballots and declared the result");
  outcome.counts_agree = TRY(count_as_meant(election, outcome.declaration));
  return outcome;
}

}  // namespace folkmoot::service
