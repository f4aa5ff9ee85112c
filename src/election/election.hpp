// The election: what every voter is given, and what the whole record is bound to (specification, section 4.10).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "election/question.hpp"
#include "proof/proof.hpp"

namespace folkmoot::election {

using group::PrimeGroup;

// The version of the protocol: hash transcripts and encodings belong to it. The only one known is 1; what depends on
// it is in namespaces v1, here and in proof/, and an election of another version is refused when it is read.
inline constexpr std::int64_t protocol_version = 1;

template <PrimeGroup G>
struct Election {
  std::string description;
  std::string name;
  typename G::Element public_key;
  std::vector<Question> questions;
  std::string uuid;  // at least 14 base58 characters
  std::optional<std::string> administrator;
  std::optional<std::string> credential_authority;

  // Whether some question is non-homomorphic: the tally then goes through shuffles, and every weight must be 1.
  [[nodiscard]] bool needs_shuffles() const;
};

// Refuses another version, another group than G, and what is not a uuid.
template <PrimeGroup G>
Result<Election<G>> read_election(json::Value value);
template <PrimeGroup G>
void write(json::Writer& writer, const Election<G>& election);

// What must be right before an election opens, beyond what reading checks: one message for each question that fails
// check_question, and for a public key that hides nothing. Empty if all is well.
template <PrimeGroup G>
std::vector<std::string> check_election(const Election<G>& election);

// Refuses what is not at least 14 base58 characters.
Status check_uuid(std::string_view uuid);

namespace v1 {
// How version 1 hashes a text: the unpadded base64 of its SHA-256.
std::string text_hash(std::string_view text);
}  // namespace v1

// φ, the fingerprint: the unpadded base64 of the SHA-256 of the election's text.
std::string fingerprint(std::string_view election_text);

// The "group" field of an election's text, to choose the type that reads the rest. Refuses another version than 1, so
// that the message for it comes before any other.
Result<std::string> group_name(std::string_view election_text);

// The payload of the Setup event: hashes (hexadecimal) of the three files that define the election.
struct SetupData {
  std::string election;
  std::string trustees;
  std::string credentials;
};
Result<SetupData> read_setup_data(json::Value value);
void write(json::Writer& writer, const SetupData& setup);

// A SHA-256 in lower-case hexadecimal, as files of a record refer to each other.
Result<std::string> read_hash(json::Value value);

}  // namespace folkmoot::election
