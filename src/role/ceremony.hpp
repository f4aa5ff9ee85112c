// The making of a threshold key (specification, section 3.1 "Pedersen protocol"), as trustees and returning officer who
// exchange messages that all of them may read. Trustees count from 1; each keeps one secret, its seed.
//
//   trustee  join      certificate-I.json                    + the seed, kept
//   officer  advance   certs.jsons                             all certificates, one a line
//   trustee  commit    commitment-I.json                     + a polynomial, kept until it is sent
//   officer  advance   commitments.jsons                       the same
//   trustee  reveal    reveal-I.json, polynomial-I.json
//   officer  advance   vinput-I.json                           for each trustee
//   trustee  share     voutput-I.json
//   officer  advance   decryption-key-I.dkey, threshold.strict.json, threshold.json
//
// Messages are texts with names: files of a public folder (service/ceremony.hpp), or what a server has
// (wasm/trustee.cpp). Whatever is read is checked by who reads it; errors name the message. Certificates, polynomials,
// vinputs, voutputs and threshold.json are in the formats of the original tools (specification, section 4.7);
// commitments and reveals are the strict profile's (docs/strict-profile.md, section 5).
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "secret/channel.hpp"

namespace folkmoot::role {

// Who joins: trustee `index` of `trustees`, of whom `threshold` will be needed to decrypt.
struct CeremonySeat {
  std::string group;
  std::int64_t trustees = 0;   // 1..100
  std::int64_t threshold = 0;  // 1..trustees
  std::int64_t index = 0;      // 1..trustees
};
Status check_seat(const CeremonySeat& seat);

// What has been sent, by name, as it was sent or with its line ends changed.
using Messages = std::map<std::string, std::string, std::less<>>;

// What is to be sent: to be kept in this order, each whole, nothing in the place of what is there.
struct Message {
  std::string name;
  std::string text;  // with a line end
};

struct Joined {
  secret::Seed seed;
  Message certificate;
};
Result<Joined> join(const CeremonySeat& seat, secret::Random& random);

// The steps of a trustee who has joined. They find the seed's own certificate among those sent, which says which
// trustee it is, and fail if there is nothing to do yet or anything that the officer or another trustee sent is wrong.
struct Step {
  std::int64_t trustee = 0;
  std::vector<Message> messages;
};
struct Committed {
  Step step;
  std::string polynomial;  // for reveal(); what is secret in it is encrypted to the trustee
};
Result<Committed> commit(const secret::Seed& seed, const Messages& messages, secret::Random& random);
Result<Step> reveal(const secret::Seed& seed, const Messages& messages, std::optional<std::string_view> polynomial,
                    secret::Random& random);
Result<Step> share(const secret::Seed& seed, const Messages& messages, secret::Random& random);

// Where a ceremony stands.
struct CeremonyStage {
  enum class Waiting { certificates, commitments, polynomials, shares, nobody };
  Waiting waiting = Waiting::certificates;  // for what; nobody: the key is made
  std::vector<std::int64_t> missing;        // from whom
};
struct Advanced {
  CeremonyStage stage;
  std::vector<Message> messages;
};
// The officer's part: checks all that trustees have sent, and makes what is due. The ceremony has ended if there is a
// threshold.json.
Result<Advanced> advance(const Messages& messages);

}  // namespace folkmoot::role
