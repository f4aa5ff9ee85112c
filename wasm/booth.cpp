// The booth's module: the voter's part of the protocol for one election of the group Ed25519, whose text the page has
// from the server. The credential and the answers come in, the ballot goes out; nothing else leaves the module.
//
//   open(election)                 {"uuid","fingerprint","questions"}
//   credential(text)               {"credential"}: the public one, with which the server knows who may vote
//   prepare(credential, answers)   {"ballot","tracker"}; the answers as the original tools take them, [[0,1,0],[2,1]]
//   challenge()                    {"opened"}: what the ballot prepared last encrypts, with its randomness (docs/
//                                  strict-profile.md, section 8); once, and not after forget()
//   forget()                       {}: that ballot is to be cast, and nobody can open it any more
#include <optional>

#include "base/sha256.hpp"
#include "election/ballot.hpp"
#include "election/ranking.hpp"
#include "interface.hpp"
#include "proof/strict/transcript.hpp"
#include "secret/voter.hpp"

namespace folkmoot::wasm {
namespace {

using G = group::Ed25519;

struct Opened {
  election::Election<G> election;
  std::string fingerprint;
};
// The ballot prepared last, as long as it may still be opened.
struct Prepared {
  secret::PreparedBallot<G> ballot;
  std::string answers;  // canonical
};
std::optional<Prepared>& prepared() {
  static std::optional<Prepared> ballot;
  return ballot;
}

std::optional<Opened>& opened() {
  static std::optional<Opened> election;
  return election;
}

Result<std::string> open(std::string_view text) {
  const auto election = TRY(json::read_canonical(text, election::read_election<G>));
  const auto faults = election::check_election(election);
  if (!faults.empty()) return fail("{}", faults.front());
  opened() = Opened{election, election::fingerprint(text)};
  json::Writer writer;
  writer.begin_object();
  writer.key("uuid").string(election.uuid);
  writer.key("fingerprint").string(opened()->fingerprint);
  return writer.end_object().take();
}

Result<std::string> credential(std::string_view text) {
  if (!opened()) return fail("no election is open");
  const auto credential = TRY(secret::PrivateCredential::parse(text));
  json::Writer writer;
  writer.begin_object();
  writer.key("credential").string(secret::public_credential<G>(credential, opened()->election.uuid).text());
  return writer.end_object().take();
}

Result<std::string> prepare(std::string_view credential_text, std::string_view answers_text) {
  if (!opened()) return fail("no election is open");
  const auto credential = TRY(secret::PrivateCredential::parse(credential_text));
  const auto document = TRY(json::Document::parse(answers_text));
  const auto answers = TRY(election::read_plain_answers(document.root()));
  const secret::Booth<G> booth(opened()->election, opened()->fingerprint);
  prepared().reset();
  auto ballot = TRY(booth.prepare(credential, answers, secret::Random::system()));
  const std::string text = json::to_text(ballot.ballot);
  json::Writer canonical;
  election::write(canonical, answers);
  prepared().emplace(Prepared{std::move(ballot), canonical.take()});
  json::Writer writer;
  writer.begin_object();
  writer.key("ballot").string(text);
  writer.key("tracker").string(election::tracker(text));
  return writer.end_object().take();
}

Result<std::string> challenge() {
  if (!prepared()) return fail("there is no ballot that may be opened");
  const Prepared ballot = *std::exchange(prepared(), std::nullopt);
  json::Writer text;
  text.begin_object();
  text.key("profile").plain_string(proof::strict::profile);
  write(text.key("ballot"), ballot.ballot.ballot);
  text.key("answers").raw(ballot.answers);
  text.key("randomness").raw(ballot.ballot.opening().view());
  json::Writer writer;
  writer.begin_object();
  writer.key("opened").string(text.end_object().take());
  return writer.end_object().take();
}

Result<std::string> forget() {
  prepared().reset();
  return std::string("{}");
}

void give(Result<std::string> result) {
  if (result) {
    answer(*std::move(result));
  } else {
    answer(result.error());
  }
}

}  // namespace

FOLKMOOT_EXPORT("open") void export_open(const char* text, std::size_t size) { give(open({text, size})); }
FOLKMOOT_EXPORT("credential") void export_credential(const char* text, std::size_t size) {
  give(credential({text, size}));
}
FOLKMOOT_EXPORT("challenge") void export_challenge() { give(challenge()); }
FOLKMOOT_EXPORT("forget") void export_forget() { give(forget()); }
FOLKMOOT_EXPORT("prepare")
void export_prepare(const char* text, std::size_t size, const char* answers, std::size_t answers_size) {
  give(prepare({text, size}, {answers, answers_size}));
}

}  // namespace folkmoot::wasm
