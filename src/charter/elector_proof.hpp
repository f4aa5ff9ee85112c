// A member's proof of having been on an electorate when it was frozen. Whoever is shown it needs no secret: the root
// and the size stand in the act election.freeze, which everybody has. Showing it shows the member's reference.
//
//   {"election":"election-12","member":"m-0123456789abcdef","weight":1,"salt":"<64 digits>","index":5,
//    "path":["<64 digits>",…]}
#pragma once

#include "charter/commitment.hpp"

namespace folkmoot::charter {

struct ElectorProof {
  std::string election;
  Entry entry;
  Salt salt{};
  std::uint64_t index = 0;  // of the entry, from 0
  merkle::Proof path;
  friend bool operator==(const ElectorProof&, const ElectorProof&) = default;
};

// As canonical JSON.
std::string to_text(const ElectorProof& proof);

// Of any text; fails unless it is a proof in canonical form.
Result<ElectorProof> read_elector_proof(std::string_view text);

// Whether the entry is in the electorate with that head, which election.freeze says. Any proof may come in; that it is
// about the election meant is for the caller to look at.
Status verify(const ElectorProof& proof, const merkle::TreeHead& electorate);

}  // namespace folkmoot::charter
