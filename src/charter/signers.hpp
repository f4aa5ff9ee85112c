// Who answers for an act with a signature of their own, beside the word of whoever runs the server: everyone who acts
// in an office, the founder until the organisation is constituted, and a member who enrols or withdraws a key.
#pragma once

#include "charter/act.hpp"
#include "charter/state.hpp"

namespace folkmoot::charter {

struct Signer {
  std::string member;
  std::string key;  // Ed25519, 64 hexadecimal digits; empty if the member has enrolled none
  friend bool operator==(const Signer&, const Signer&) = default;
};

// Those who must sign the request before it may be decided in that state; nobody twice, the actor first. Whether their
// signatures are good is for others to say: the charter knows no cryptography.
std::vector<Signer> signers(const State& state, const Request& request);

}  // namespace folkmoot::charter
