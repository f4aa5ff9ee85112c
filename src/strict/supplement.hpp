// The supplement of a record, UUID.strict.json (docs/strict-profile.md, section 2): what the strict profile adds to an
// election that version 1 of the protocol has no place for.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "election/key_ceremony.hpp"
#include "proof/strict/transcript.hpp"

namespace folkmoot::strict {

using group::PrimeGroup;
using proof::Proof;

// A trustee's shuffle, as its owned_shuffle names it, with the trustee's signature.
template <PrimeGroup G>
struct ShuffleAct {
  std::int64_t owner = 0;
  std::string payload;
  Proof<G> signature;
};

// A trustee's partial decryption, with the proof over all of it.
template <PrimeGroup G>
struct DecryptionAct {
  std::int64_t owner = 0;
  std::string payload;
  Proof<G> proof;
  Proof<G> signature;
};

template <PrimeGroup G>
struct Supplement {
  std::string uuid;
  std::string fingerprint;
  std::vector<election::KeyCeremony<G>> ceremonies;  // one for each threshold group
  std::vector<std::string> spoiled;                  // trackers of opened ballots
  std::vector<ShuffleAct<G>> shuffles;               // in the order of the record
  std::vector<DecryptionAct<G>> decryptions;         // the same
};

// Canonical JSON. Refuses another profile; that the contents are right is for verify.hpp to say.
template <PrimeGroup G>
Result<Supplement<G>> read_supplement(json::Value value);
template <PrimeGroup G>
void write(json::Writer& writer, const Supplement<G>& supplement);

// One entry of its last two arrays, as trustees send it.
template <PrimeGroup G>
Result<ShuffleAct<G>> read_shuffle_act(json::Value value);
template <PrimeGroup G>
void write(json::Writer& writer, const ShuffleAct<G>& act);
template <PrimeGroup G>
Result<DecryptionAct<G>> read_decryption_act(json::Value value);
template <PrimeGroup G>
void write(json::Writer& writer, const DecryptionAct<G>& act);

// That trackers are what they should be, ascending, none twice.
Status check_spoiled(const std::vector<std::string>& spoiled);

// What the acts of an election are signed together with: the election, all of its ballots, and the supplement's head.
struct Bond {
  std::string fingerprint;
  std::string closing;  // the hash of the EndBallots event, in hexadecimal
  std::string head;     // the same of the supplement's head
};
template <PrimeGroup G>
std::string head_hash(const Supplement<G>& supplement);

// The messages of section 4.
template <PrimeGroup G>
std::string signed_message(const Bond& bond, const ShuffleAct<G>& act);
template <PrimeGroup G>
std::string signed_message(const Bond& bond, const DecryptionAct<G>& act);

}  // namespace folkmoot::strict
