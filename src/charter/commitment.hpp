// Commitments: what is in the ledger in place of what may not be. A commitment is SHA-256(salt ‖ text) with a salt of
// 32 random bytes that the private store keeps: it can be opened by whoever has both, and once the salt is erased it
// says nothing about the text any more.
//
// An electorate is committed to by the root of a Merkle tree (RFC 6962 section 2.1) whose leaves are the commitments to
// its entries, in the order of the members' references. A member who has their entry, salt and path can prove that they
// were on it, to anyone who has the ledger.
#pragma once

#include <span>
#include <vector>

#include "base/sha256.hpp"

namespace folkmoot::charter {

using Salt = Digest;

Digest commit(const Salt& salt, std::string_view text);

// One elector, as committed to: {"member":"m-…","weight":1}.
struct Entry {
  std::string member;
  std::int64_t weight = 1;
};
std::string to_text(const Entry& entry);

// The root of the tree over those commitments; of none, SHA-256 of nothing.
Digest electorate_root(std::span<const Digest> commitments);
// The hashes beside the path from that leaf, which exists, to the root, lowest first.
std::vector<Digest> electorate_path(std::span<const Digest> commitments, std::size_t index);
// Whether the path leads from the commitment to the root of a tree of that size. Any values may come in.
bool on_electorate(const Digest& commitment, std::size_t index, std::size_t size, std::span<const Digest> path,
                   const Digest& root);

}  // namespace folkmoot::charter
