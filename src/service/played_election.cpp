#include "service/played_election.hpp"

#include "base/csv.hpp"
#include "secret/voter.hpp"
#include "secret/work.hpp"
#include "service/ceremony.hpp"
#include "service/opened.hpp"
#include "service/registrar.hpp"
#include "service/voter.hpp"

namespace folkmoot::service {
namespace {

constexpr std::string_view group_name = group::Ed25519::name;

std::string trustee_name(std::int64_t number) { return fmt::format("trustee {}", number); }

// The voters' credentials, in the order of the roll: as if each had opened their letter.
Result<std::vector<secret::PrivateCredential>> deliver_letters(const fs::path& registrar) {
  const secret::SecretText text = TRY(read_secret(registrar / "private" / "private_creds.csv"));
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
Result<std::vector<election::PlainAnswer>> fill_in(const election::Election<G>& election, const BallotPaper& paper,
                                                   const InventedVote& vote) {
  std::vector<election::PlainAnswer> answers;
  for (std::size_t i = 0; i < election.questions.size(); ++i) {
    std::vector<std::string> names;
    for (const count::Candidate candidate : vote.preferences[i])
      names.push_back(paper.contests[i].candidates[candidate]);
    auto answer = TRY(answer_by_names(election.questions[i], names));
    answers.push_back(std::move(answer));
  }
  return answers;
}

}  // namespace

TrusteeSecret PlayedElection::secret(std::int64_t number) const {
  return {folder_ / fmt::format("trustee-{}", number) / "trustee.key",
          ceremony() / fmt::format("decryption-key-{}.dkey", number)};
}

Result<PlayedElection> PlayedElection::open(InventedElection election, Trustees trustees, fs::path folder,
                                            const Audience& audience) {
  PlayedElection played(std::move(election), trustees, audience);
  played.paper_ = TRY(draft(played.election_.paper, group_name, secret::Random::system()));
  played.folder_ = folder.empty() ? fs::path("demo-" + played.paper_.uuid) : std::move(folder);
  std::error_code missing;
  if (fs::exists(played.folder_) && !fs::is_empty(played.folder_, missing)) {
    return fail("{}: is there already; name a folder that is not", played.folder_.string());
  }
  TRY(write_file(played.folder_ / "officer" / "ballot-paper.json", json::to_text(played.paper_) + "\n"));
  played.tell("officer", "has drafted the ballot paper of \"{}\"", played.paper_.name);
  TRY(played.make_credentials());
  TRY(played.make_keys());
  TRY(played.open_record());
  return played;
}

Status PlayedElection::make_credentials() {
  TRY(write_file(registrar() / "roll.csv", roll_csv(election_.members)));
  const std::string csv = TRY(read_file(registrar() / "roll.csv"));
  const auto roll = charter::read_roll(csv);
  if (!roll) return fail("{}", charter::describe(roll.error()));
  const auto made = TRY(service::make_credentials(*roll, paper_.uuid, paper_.group, registrar(), audience_.progress));
  tell("registrar", "has made a credential for each of the {} voters on the roll", made.voters);
  return {};
}

Status PlayedElection::make_keys() {
  const auto& [count, threshold] = trustees_;
  for (std::int64_t i = 1; i <= count; ++i) {
    TRY(join_ceremony(ceremony(), {std::string(group_name), count, threshold, i}, secret(i).key));
  }
  TRY(advance_ceremony(ceremony()));
  for (std::int64_t i = 1; i <= count; ++i) TRY(send_commitment(ceremony(), secret(i).key));
  TRY(advance_ceremony(ceremony()));
  for (std::int64_t i = 1; i <= count; ++i) TRY(send_polynomial(ceremony(), secret(i).key));
  TRY(advance_ceremony(ceremony()));
  for (std::int64_t i = 1; i <= count; ++i) TRY(send_share(ceremony(), secret(i).key));
  TRY(advance_ceremony(ceremony()));
  tell("trustees", "have made a key together: any {} of the {} can decrypt, fewer cannot", threshold, count);
  return {};
}

Status PlayedElection::open_record() {
  const auto trustees = TRY(assemble_trustees(group_name, {ceremony() / "threshold.json"}));
  const auto credentials = TRY(read_lines(registrar() / "public_creds.json"));
  opened_ = TRY(open_election(paper_, trustees, credentials.front(), published()));
  tell("officer", "has opened election {}, fingerprint {}", paper_.uuid, opened_.fingerprint);
  TRY(check_published_credentials(registrar(), opened_.record));
  tell("registrar", "finds exactly the credentials made, and no other, in the record");
  return {};
}

// Gives the tracker of each vote.
Result<std::vector<std::string>> PlayedElection::cast() {
  const auto credentials = TRY(deliver_letters(registrar()));
  std::vector<std::string> ballots(election_.votes.size());
  const Status made = with_record(record(), [&]<PrimeGroup G>(Opened<G>& opened) -> Status {
    const secret::Booth<G> booth(opened.setup.election, opened.setup.fingerprint);
    std::vector<Status> statuses(ballots.size());
    const secret::Work work{0,
                            [&](std::size_t done, std::size_t all) { audience_.progress("ballots made", done, all); }};
    secret::parallel_for(ballots.size(), work, [&](std::size_t i) {
      const auto make = [&]() -> Status {
        const InventedVote& vote = election_.votes[i];
        const auto answers = TRY(fill_in(opened.setup.election, paper_, vote));
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
    table += fmt::format("{},{}\r\n", election_.members[election_.votes[i].member].number, trackers.back());
  }
  TRY(write_file(voters() / "ballots.jsons", lines));
  TRY(write_file(voters() / "trackers.csv", table));
  return trackers;
}

// The first who votes does not trust the device: has it prepare a ballot, and then open it.
Status PlayedElection::challenge() {
  const auto credentials = TRY(deliver_letters(registrar()));
  const InventedVote& vote = election_.votes.front();
  FilledPaper filled;
  for (std::size_t i = 0; i < paper_.contests.size(); ++i) {
    auto& names = filled.names.emplace_back();
    for (const count::Candidate candidate : vote.preferences[i]) {
      names.push_back(paper_.contests[i].candidates[candidate]);
    }
  }
  const fs::path prepared = voters() / "prepared";
  const fs::path opened = published() / "opened-ballot.json";
  const std::string tracker = TRY(prepare_ballot(record(), credentials[vote.member], filled, prepared));
  TRY(open_prepared(prepared, opened));
  TRY(spoil_ballot(record(), opened));
  tell("a voter", "has a ballot opened instead of cast, {}: the device had encrypted what it was told", tracker);
  return {};
}

Status PlayedElection::fill_box() {
  TRY(challenge());
  const auto trackers = TRY(cast());
  const auto acceptance = TRY(accept_ballots(record(), {voters() / "ballots.jsons"}, audience_.progress));
  for (const RefusedBallot& refused : acceptance.refused) tell("officer", "{}: {}", refused.where, refused.reason);
  if (!acceptance.refused.empty()) return fail("{} ballots were refused", acceptance.refused.size());
  tell("officer", "has checked and accepted {} ballots", acceptance.accepted);
  const TrackedBallot found = TRY(look_up(record(), trackers.front()));
  tell("a voter", "looks up tracker {}: ballot {} of the record{}", trackers.front(), found.number,
       found.replaced ? ", replaced by a later one" : "");
  return {};
}

Status PlayedElection::vote() {
  TRY(fill_box());
  const ClosedVoting closed = TRY(close_voting(record(), audience_.progress));
  tell("officer", "has closed the voting: {} ballots, of which {} count, each voter's last", closed.ballots,
       closed.tallied);
  if (closed.needs_shuffles) TRY(shuffle());
  return {};
}

Status PlayedElection::shuffle() {
  for (std::int64_t i = 1; i <= trustees_.threshold; ++i) {
    const fs::path file = published() / fmt::format("shuffle-{}.jsons", i);
    TRY(shuffle_tally(record(), secret(i), file, "", audience_.progress));
    TRY(collect(record(), file, audience_.progress));
    tell(trustee_name(i), "has verified the whole record and shuffled the ballots; the proof is in the record");
  }
  return end_shuffles(record());
}

Status PlayedElection::tally() {
  // The last of them, so that others decrypt than those who shuffled where there are enough.
  for (std::int64_t i = trustees_.count - trustees_.threshold + 1; i <= trustees_.count; ++i) {
    const fs::path file = published() / fmt::format("decryption-{}.jsons", i);
    TRY(decrypt_tally(record(), secret(i), file, "", audience_.progress));
    TRY(collect(record(), file, audience_.progress));
    tell(trustee_name(i), "has verified the whole record and decrypted a share; the proof is in the record");
  }
  TRY(publish_result(record(), audience_.progress));
  tell("officer", "has published the result, which {} of {} trustees decrypted", trustees_.threshold, trustees_.count);
  return {};
}

}  // namespace folkmoot::service
