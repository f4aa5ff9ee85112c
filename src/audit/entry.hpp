// The audit: whether the organisation kept its own rules, from nothing but what it publishes. Read in this order:
//
//   entry      one entry of the ledger: an act, and the signatures of those who answer for it
//   history    the acts from the first on, each checked against the rules then in force and the signatures it needs
//   published  the texts, records and counts whose hashes the acts name
//   report     what an auditor is told
//   verify     a whole ledger, or one receipt
//
// An entry is canonical JSON of one line, at most 65,535 bytes:
//
//   {"act":{"type":"election.open",…},"signatures":[{"member":"m-…","asked":"2026-03-01T12:00:00Z","signature":"…"}]}
//
// What a person signs is what they ask for, not what is made of it: the time at which an act takes effect, and what the
// charter works out, are not theirs to say. The text that is signed (Ed25519, RFC 8032) is five lines:
//
//   folkmoot/act/v1
//   <origin of the ledger>
//   <member>
//   <asked: when they asked, in UTC>
//   <the request as canonical JSON: {"type":…,"actor":…,"seconded_by":[…],"body":{…}}>
#pragma once

#include "charter/act.hpp"
#include "ledger/note.hpp"

namespace folkmoot::audit {

struct Signature {
  std::string member;
  charter::Time asked;
  ledger::Signature signature{};
};

struct Entry {
  charter::Act act;
  std::vector<Signature> signatures;
};

// As it stands in the ledger, with json::to_text. Signatures are 128 hexadecimal digits.
void write(json::Writer& writer, const Entry& entry);
// The reverse, of any text. Fails unless it is exactly what write() gives for some entry with an act of a known type
// and at most two signatures.
Result<Entry> read_entry(std::string_view text);

// A request with the signatures that it has got so far, as it goes from one officer to the next: {"request":…,
// "signatures":[…]}.
struct SignedRequest {
  charter::Request request;
  std::vector<Signature> signatures;
};
void write(json::Writer& writer, const SignedRequest& request);
Result<SignedRequest> read_signed_request(std::string_view text);

// What that member signs, asking for it at that time; the same for a body with its fields in any order.
std::string signed_text(std::string_view origin, const charter::Request& request, std::string_view member,
                        charter::Time asked);

}  // namespace folkmoot::audit
