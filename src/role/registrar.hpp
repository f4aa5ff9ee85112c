// The registrar (Belenios: credential authority): gives each voter on the roll a credential, and nobody else one
// (specification, sections 3.1, 3.3 and 4.8). Neither the returning officer nor a trustee sees a private credential.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/progress.hpp"
#include "charter/roll.hpp"
#include "secret/random.hpp"
#include "secret/text.hpp"

namespace folkmoot::role {

struct Credentials {
  std::size_t voters = 0;
  std::uint64_t total_weight = 0;
  bool weighted = false;
  std::string public_list;          // public_creds.json, without a line end: for the returning officer
  std::string hash;                 // its SHA-256, for the returning officer to compare
  secret::SecretText private_list;  // CSV, id and credential: to recover a lost one
  secret::SecretText mail_merge;    // CSV: what the letters need
};
// Makes a credential for each member of the roll, for the election of that uuid. The published list is in an order that
// tells nothing about the roll's. Fails if the roll is empty or a weight cannot be.
Result<Credentials> make_credentials(const charter::Roll& roll, std::string_view uuid, std::string_view group,
                                     secret::Random& random, const Progress& progress = no_progress);

}  // namespace folkmoot::role
