// A member's proof of having been on an electorate, or among those who may sign a petition, when that was frozen.
// Whoever is shown it needs no secret: the root and the size stand in the act election.freeze or petition.freeze, which
// everybody has. Showing it shows the member's reference.
//
//   {"of":"election-12","member":"m-0123456789abcdef","weight":1,"salt":"<64 digits>","index":5,
//    "path":["<64 digits>",…]}
#pragma once

#include "charter/commitment.hpp"

namespace folkmoot::charter {

struct ElectorProof {
  std::string of;  // an election or a petition
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

// Whether the entry is in the tree with that head, which the act that froze it says. Any proof may come in; that it is
// about the election or petition meant is for the caller to look at.
Status verify(const ElectorProof& proof, const merkle::TreeHead& electorate);

}  // namespace folkmoot::charter
