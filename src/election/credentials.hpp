// The public credentials: the keys that may sign a ballot, with their weights (specification, section 4.8).
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "proof/proof.hpp"

namespace folkmoot::election {

using group::PrimeGroup;

template <PrimeGroup G>
struct PublicCredential {
  typename G::Element key;
  std::uint64_t weight = 1;
};

// As published: "KEY" for all, or "KEY,WEIGHT" for all when weights are used. Refuses duplicates, the identity, and
// weights below 1 or whose sum leaves 63 bits.
template <PrimeGroup G>
struct PublicCredentials {
  std::vector<PublicCredential<G>> credentials;
  bool weighted = false;  // whether entries carry a weight
};

template <PrimeGroup G>
Result<PublicCredentials<G>> read_public_credentials(json::Value value);
template <PrimeGroup G>
void write(json::Writer& writer, const PublicCredentials<G>& credentials);

// What the registrar keeps and hands to the server (not published): "KEY,WEIGHT,VOTER" with empty weight for 1.
// The published text drops the voter.

}  // namespace folkmoot::election
