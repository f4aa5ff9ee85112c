// Commitments: what is in the ledger in place of what may not be. A commitment is SHA-256(salt ‖ text) with a salt of
// 32 random bytes that the private store keeps: it can be opened by whoever has both, and once the salt is erased it
// says nothing about the text any more.
//
// An electorate, or those who may sign a petition, are committed to by the root of a Merkle tree (RFC 6962 section 2.1)
// whose leaves are the commitments to their entries, in the order of the commitments' bytes, so that nobody's place
// tells who they are. A member who has their entry, salt and path can prove that they were on it, to anyone who has the
// ledger (elector_proof.hpp).
#pragma once

#include <span>
#include <vector>

#include "base/merkle.hpp"

namespace folkmoot::charter {

using Salt = Digest;

Digest commit(const Salt& salt, std::string_view text);

// One elector, as committed to: {"member":"m-…","weight":1}.
struct Entry {
  std::string member;
  std::int64_t weight = 1;
  friend bool operator==(const Entry&, const Entry&) = default;
};
std::string to_text(const Entry& entry);

// The tree over those commitments: its head's root is that of election.freeze or petition.freeze.
merkle::Tree electorate_tree(std::span<const Digest> commitments);

}  // namespace folkmoot::charter
